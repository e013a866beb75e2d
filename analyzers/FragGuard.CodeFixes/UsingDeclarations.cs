using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes;

/// <summary>Turns a local declaration into a using declaration.</summary>
internal static class UsingDeclarations
{
    /// <summary>The document with <c>using</c> before the local that is given the value, or null when that is not certain.</summary>
    public static async Task<Document?> AddAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || ((CSharpParseOptions)root.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
            return null;

        SyntaxNode value = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (ScopedLocal.From(value, model, cancellationToken) is not { } local || !IsDisposable(local, model, cancellationToken))
            return null;

        LocalDeclarationStatementSyntax declaration = local.Declaration;
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword)
            .WithLeadingTrivia(declaration.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        LocalDeclarationStatementSyntax changed = declaration.WithoutLeadingTrivia().WithUsingKeyword(keyword);
        return document.WithSyntaxRoot(root.ReplaceNode(declaration, changed));
    }

    private static bool IsDisposable(ScopedLocal local, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(local.Declaration.Declaration.Type, cancellationToken).Type is { } type
        && model.Compilation.GetSpecialType(SpecialType.System_IDisposable) is { } disposable
        && model.Compilation.ClassifyConversion(type, disposable) is { IsImplicit: true };
}
