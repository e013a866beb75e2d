using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The shapes of unsafe code, for most of which the operation tree has no kind of its own.</summary>
internal static class RawPointers
{
    /// <summary>True for <c>*p</c>, <c>p->x</c> and <c>p[i]</c>: the memory is used, and the value read is another one.</summary>
    public static bool IsAccess(IOperation operation) =>
        operation.Type is not null && operation.ChildOperations.FirstOrDefault()?.Type is IPointerTypeSymbol;

    /// <summary>True where the memory itself, not a value read from it, is handed on by reference.</summary>
    public static bool IsByReference(IOperation access) => access.Syntax.Parent switch
    {
        RefExpressionSyntax => true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    /// <summary>True for the casts between integers and pointers that older base libraries declare as operators.</summary>
    public static bool IsOperatorOfIntegers(IMethodSymbol conversion) =>
        conversion.ContainingType?.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr;
}
