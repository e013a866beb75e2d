using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.GcHeap;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3002: creates the collection with the number of elements that the loop adds.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PassTheKnownCapacity : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public PassTheKnownCapacity()
        : base("Give the capacity", GiveACapacityWhereTheSizeIsKnown.Id)
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (model is null
            || !diagnostic.Properties.TryGetValue(GiveACapacityWhereTheSizeIsKnown.CapacityKey, out string? capacity)
            || (await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false))
                .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                is not BaseObjectCreationExpressionSyntax creation)
        {
            return null;
        }

        TextChange change = creation.ArgumentList is { } arguments
            ? new(arguments.Span, $"({capacity})")
            : new(new TextSpan(creation.Span.End, 0), $"({capacity})");
        return document.WithText(text.WithChanges(change));
    }
}
