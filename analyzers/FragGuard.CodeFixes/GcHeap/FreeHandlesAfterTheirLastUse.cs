using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3004: frees a <c>GCHandle</c> after the last statement that uses it, where no jump lies before that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FreeHandlesAfterTheirLastUse : FragGuardCodeFix
{
    public FreeHandlesAfterTheirLastUse()
        : base("Free the handle after its last use", "FG3004")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return null;

        SyntaxNode value = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (model.GetTypeInfo(value, cancellationToken).Type is not { Name: "GCHandle" }
            || ScopedLocal.From(value, model, cancellationToken) is not { } local
            || LastUse(local) is not { } last)
            return null;

        StatementSyntax free = SyntaxFactory.ParseStatement($"{local.Name.Text}.Free();")
            .WithAdditionalAnnotations(Formatter.Annotation);
        string lineEnd = root.ToFullString().Contains("\r\n") ? "\r\n" : "\n";
        free = free.WithTrailingTrivia(SyntaxFactory.EndOfLine(lineEnd));
        SyntaxNode changed = root.InsertNodesAfter(last, [free]);
        return await Formatter.FormatAsync(
            document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last statement of the block that needs the pin, or null when a jump could skip what follows it.</summary>
    private static StatementSyntax? LastUse(ScopedLocal local)
    {
        SyntaxList<StatementSyntax> statements = local.Block.Statements;
        int first = statements.IndexOf(local.Declaration);
        int last = first;
        for (int i = first + 1; i < statements.Count; i++)
        {
            if (local.Uses.Any(use => statements[i].Span.Contains(use.Span)))
                last = i;
        }

        bool mayJump = statements.Skip(first).Take(last - first + 1).SelectMany(statement => statement.DescendantNodesAndSelf())
            .Any(node => node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or BreakStatementSyntax
                or ContinueStatementSyntax or YieldStatementSyntax);
        return mayJump ? null : statements[last];
    }
}
