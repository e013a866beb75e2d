using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.CodeFixes.SharedCaches;

/// <summary>What the sizes of a cache's entries count.</summary>
internal enum SizeUnit
{
    /// <summary>Entries: each is 1.</summary>
    Entry,

    /// <summary>Elements of the array, or characters of the string, that is put.</summary>
    Length,
}

/// <summary>Tells the unit of a cache's limit by the sizes that its other entries are given in the same type.</summary>
internal static class SizeUnits
{
    /// <summary>Null when no other entry has a size, or they do not agree.</summary>
    public static SizeUnit? Of(InvocationExpressionSyntax put, SemanticModel model, CancellationToken cancellationToken)
    {
        if (CacheOf(put, model, cancellationToken) is not { } cache
            || put.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() is not { } type)
        {
            return null;
        }

        SizeUnit?[] units = [.. type.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(other => SymbolEqualityComparer.Default.Equals(CacheOf(other, model, cancellationToken), cache))
            .SelectMany(SizesIn)
            .Select(UnitOf)
            .Distinct()];
        return units.Length == 1 ? units[0] : null;
    }

    private static ISymbol? CacheOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set" or "GetOrCreate" or "GetOrCreateAsync" } access
            ? model.GetSymbolInfo(access.Expression, cancellationToken).Symbol
            : null;

    private static IEnumerable<ExpressionSyntax> SizesIn(InvocationExpressionSyntax put)
    {
        foreach (SyntaxNode node in put.ArgumentList.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax
                {
                    Left: IdentifierNameSyntax { Identifier.ValueText: "Size" }
                        or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Size" },
                } assignment)
            {
                yield return assignment.Right;
            }
            else if (node is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SetSize" },
                    ArgumentList.Arguments.Count: 1,
                } call)
            {
                yield return call.ArgumentList.Arguments[0].Expression;
            }
        }
    }

    private static SizeUnit? UnitOf(ExpressionSyntax size) => size switch
    {
        LiteralExpressionSyntax { Token.ValueText: "1" } => SizeUnit.Entry,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } => SizeUnit.Length,
        _ => null,
    };
}
