using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.CodeFixes.Pools;

/// <summary>
/// FG2003: removes the second return where it is a statement of its own outside of catch and finally, so that no path
/// depends on it, and no directive stands between the two.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RemoveTheSecondReturn : FragGuardCodeFix
{
    /// <summary>Makes the fix known to its host.</summary>
    public RemoveTheSecondReturn()
        : base("Remove the second return", "FG2003")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call)
            return null;
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Return" }
            || call.ArgumentList.Arguments.Count != 1
            || call.ArgumentList.Arguments[0].Expression is not IdentifierNameSyntax
            || call.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax } statement)
        {
            return null;
        }

        bool isInHandler = call.Ancestors()
            .TakeWhile(outer => outer is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(outer => outer is CatchClauseSyntax or FinallyClauseSyntax);
        return isInHandler || IsCutByDirective(statement, diagnostic, root)
            || root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia) is not { } changed
            ? null
            : document.WithSyntaxRoot(changed);
    }

    /// <summary>True when a directive stands between the two returns, so that a configuration may have one of them only.</summary>
    private static bool IsCutByDirective(StatementSyntax second, Diagnostic diagnostic, SyntaxNode root)
    {
        TextSpan first = diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0].SourceSpan : second.FullSpan;
        TextSpan between = TextSpan.FromBounds(
            Math.Min(first.Start, second.FullSpan.Start), Math.Max(first.End, second.FullSpan.End));
        return root.DescendantTrivia(between).Any(trivia => trivia.IsDirective);
    }
}
