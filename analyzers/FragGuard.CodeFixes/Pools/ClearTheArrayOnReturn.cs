using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes.Pools;

/// <summary>FG2012: lets the pool clear the array that it gets back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClearTheArrayOnReturn))]
[Shared]
public sealed class ClearTheArrayOnReturn : FragGuardCodeFix
{
    /// <summary>The fix.</summary>
    public ClearTheArrayOnReturn()
        : base("Pass 'clearArray: true'", "FG2012")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call)
            return null;
        if (call.ArgumentList.Arguments.Count != 1)
            return null;

        ArgumentSyntax clear = SyntaxFactory.Argument(
            SyntaxFactory.NameColon("clearArray").WithTrailingTrivia(SyntaxFactory.Space),
            refKindKeyword: default,
            SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));
        ArgumentListSyntax arguments = call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            [call.ArgumentList.Arguments[0], clear],
            [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]));
        return document.WithSyntaxRoot(root.ReplaceNode(call, call.WithArgumentList(arguments)));
    }
}
