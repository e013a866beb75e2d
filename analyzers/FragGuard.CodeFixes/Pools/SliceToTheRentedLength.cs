using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes.Pools;

/// <summary>
/// FG2007: passes the part of the array that was asked for, in the first form that compiles and is taken in the same way.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SliceToTheRentedLength))]
[Shared]
public sealed class SliceToTheRentedLength : FragGuardCodeFix
{
    private const string DataLengthKey = "fragguard.dataLength";

    private static readonly SyntaxAnnotation Changed = new();

    /// <summary>The fix.</summary>
    public SliceToTheRentedLength()
        : base("Use only the length that was rented", "FG2007")
    {
    }

    private protected override async Task<Document?> FixAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(DataLengthKey, out string? length) || length is null)
            return null;
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax whole)
            return null;

        ExpressionSyntax replaced = whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.Text: "Length" } bound ? bound : whole;
        IEnumerable<string> candidates = replaced == whole
            ? Slices(whole, length, model)
            : [length];
        foreach (string candidate in candidates)
        {
            ExpressionSyntax slice = SyntaxFactory.ParseExpression(candidate)
                .WithTriviaFrom(replaced)
                .WithAdditionalAnnotations(Changed);
            Document changed = document.WithSyntaxRoot(root.ReplaceNode(replaced, slice));
            if (await IsTakenInTheSameWayAsync(changed, model, replaced, cancellationToken).ConfigureAwait(false))
                return changed;
        }

        return null;
    }

    private static IEnumerable<string> Slices(ExpressionSyntax whole, string length, SemanticModel model)
    {
        if (model.GetTypeInfo(whole).Type is IArrayTypeSymbol array)
        {
            if (whole is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax))
                yield break;
            if (!CrossesAwait(whole))
                yield return $"{whole}.AsSpan(0, {length})";
            yield return $"{whole}.AsMemory(0, {length})";
            string element = array.ElementType.ToMinimalDisplayString(model, whole.SpanStart);
            yield return $"new ArraySegment<{element}>({whole}, 0, {length})";
            yield return $"new System.ArraySegment<{element}>({whole}, 0, {length})";
            yield break;
        }

        yield return whole switch
        {
            InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: var view } => $"{view}(0, {length})",
            ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments, Type: var view } =>
                $"new {view}({arguments[0]}, 0, {length})",
            _ => $"{whole}.Slice(0, {length})",
        };
    }

    /// <summary>True for the collection of a loop that waits or yields, which no span survives.</summary>
    private static bool CrossesAwait(ExpressionSyntax whole) =>
        whole.Parent is ForEachStatementSyntax loop
        && loop.Statement.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax or YieldStatementSyntax);

    /// <summary>True when the result compiles, and the same method is called, or the same elements are enumerated.</summary>
    private static async Task<bool> IsTakenInTheSameWayAsync(
        Document changed, SemanticModel before, ExpressionSyntax whole, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? after = await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (after is null || root?.GetAnnotatedNodes(Changed).SingleOrDefault() is not ExpressionSyntax slice)
            return false;

        SyntaxNode around = (SyntaxNode?)slice.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? root;
        if (after.GetDiagnostics(around.Span, cancellationToken).Any(found => found.Severity == DiagnosticSeverity.Error))
            return false;
        ITypeSymbol? taken = after.GetTypeInfo(slice, cancellationToken).ConvertedType;
        return taken?.SpecialType != SpecialType.System_Object
            && string.Equals(
                Taker(before, whole, cancellationToken), Taker(after, slice, cancellationToken), System.StringComparison.Ordinal);
    }

    private static string? Taker(SemanticModel model, ExpressionSyntax value, CancellationToken cancellationToken)
    {
        SyntaxNode? taker = value.Parent switch
        {
            ArgumentSyntax { Parent.Parent: { } call } => call,
            MemberAccessExpressionSyntax { Parent: { } call } => call,
            _ => null,
        };
        return taker is not null && model.GetSymbolInfo(taker, cancellationToken).Symbol is IMethodSymbol method
            ? $"{method.Name} {method.ReturnType.ToDisplayString()}"
            : null;
    }
}
