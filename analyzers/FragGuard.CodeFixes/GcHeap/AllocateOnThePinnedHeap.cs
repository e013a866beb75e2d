using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FragGuard.CodeFixes.GcHeap;

/// <summary>FG3003: makes the array of a static or read-only field on the pinned object heap.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AllocateOnThePinnedHeap : FragGuardCodeFix
{
    public AllocateOnThePinnedHeap()
        : base("Allocate the array on the pinned object heap", "FG3003")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || diagnostic.AdditionalLocations.Count == 0)
            return null;

        Location place = diagnostic.AdditionalLocations[0];
        if (place.SourceTree != root.SyntaxTree)
            return null;

        if (root.FindNode(place.SourceSpan, getInnermostNodeForTie: true) is not ArrayCreationExpressionSyntax
            {
                Initializer: null,
                Type.RankSpecifiers: { Count: 1 } ranks,
            } array
            || ranks[0].Sizes.Count != 1
            || !IsKeptForLife(array, model, cancellationToken))
            return null;

        ExpressionSyntax call = SyntaxFactory.ParseExpression(
                $"global::System.GC.AllocateArray<{array.Type.ElementType}>({ranks[0].Sizes[0]}, pinned: true)")
            .WithTriviaFrom(array)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        return document.WithSyntaxRoot(root.ReplaceNode(array, Simplified(call)));
    }

    private static bool IsKeptForLife(SyntaxNode array, SemanticModel model, CancellationToken cancellationToken)
    {
        ISymbol? kept = array.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } =>
                model.GetDeclaredSymbol(declarator, cancellationToken),
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } =>
                model.GetDeclaredSymbol(property, cancellationToken),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment =>
                model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol,
            _ => null,
        };
        return kept is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsStatic: true }
            or IPropertySymbol { IsReadOnly: true } or IPropertySymbol { IsStatic: true };
    }

    /// <summary>Lets the simplifier shorten the qualified name of the class.</summary>
    private static ExpressionSyntax Simplified(ExpressionSyntax call) => call.ReplaceNodes(
        call.DescendantNodes().OfType<MemberAccessExpressionSyntax>(),
        (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation));
}
