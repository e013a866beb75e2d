using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.GcHeap;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3005: sets <c>pinned</c> to false where no code relies on the address.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AllocateOnTheOrdinaryHeap : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public AllocateOnTheOrdinaryHeap()
        : base("Allocate on the ordinary heap", KeepShortLivedArraysOffThePinnedHeap.Id)
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (model is null
            || !diagnostic.Properties.ContainsKey(KeepShortLivedArraysOffThePinnedHeap.MovableKey)
            || (await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false))
                .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || model.GetOperation(call, cancellationToken) is not IInvocationOperation operation
            || operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "pinned")?.Syntax is not ArgumentSyntax pinned
            || pinned.Expression is not LiteralExpressionSyntax literal)
        {
            return null;
        }

        return document.WithText(text.WithChanges(new TextChange(literal.Span, "false")));
    }
}
