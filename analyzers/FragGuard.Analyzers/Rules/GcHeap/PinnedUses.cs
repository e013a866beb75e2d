using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>How long a use of an array may take, and whether it relies on the array's address.</summary>
internal static class PinnedUses
{
    /// <summary>The lambda, local function or whole member around an operation.</summary>
    public static IOperation FunctionAround(IOperation operation)
    {
        IOperation function = operation;
        while (function.Parent is { } outer && function is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            function = outer;
        return function;
    }

    /// <summary>
    /// True for a use that may go on for as long as the program: in a loop without a count that the array outlives, behind
    /// <c>await</c>, or in other code of the program.
    /// </summary>
    public static bool MayLast(IOperation use, IOperation creation)
    {
        if (use.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } called } }
            && (!called.DeclaringSyntaxReferences.IsEmpty || called.MethodKind == MethodKind.DelegateInvoke))
            return true;
        for (IOperation? outer = use.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAwaitOperation)
                return true;
            if (IsLongLoop(outer, creation))
                return true;
        }

        return false;
    }

    /// <summary>True for a function in which an address, once taken, may be used for as long as the program runs.</summary>
    public static bool MayLast(IOperation function, IOperation creation, bool isAddressTaken) =>
        isAddressTaken && function.Descendants().Any(operation => operation is IAwaitOperation || IsLongLoop(operation, creation));

    /// <summary>True for a use that is right wherever the array lies, and whatever becomes of it in the meantime.</summary>
    public static bool IsMovable(IOperation use)
    {
        switch (use.Parent)
        {
            case IArrayElementReferenceOperation element:
                return !IsByReference(element);
            case IPropertyReferenceOperation { Property.Name: "Length" } or IForEachLoopOperation or IExpressionStatementOperation:
                return true;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return declarator.Symbol.Type is IArrayTypeSymbol;
            case IConversionOperation:
                return true; // The conversion is a use of its own.
            case { Kind: OperationKind.None, Type: null or IPointerTypeSymbol }:
                return FixedPointers.EndWithTheirStatement(use);
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } called } call }:
                string space = called.ContainingNamespace?.ToDisplayString() ?? "";
                return called.DeclaringSyntaxReferences.IsEmpty
                    && (space.StartsWith("System", StringComparison.Ordinal) && !space.StartsWith("System.Runtime", StringComparison.Ordinal))
                    && (call.Type is null || call.Type.IsUnmanagedType || call.Type.SpecialType is SpecialType.System_Void or SpecialType.System_String)
                    && call.Type is not IPointerTypeSymbol && call.Type?.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_UIntPtr);
            default:
                return false;
        }
    }

    /// <summary>True when the address of an element, or a reference to it, is taken.</summary>
    public static bool IsByReference(IOperation element) => element.Parent switch
    {
        IAddressOfOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind != RefKind.None,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.RefKind != RefKind.None,
        ISimpleAssignmentOperation assignment => assignment.IsRef,
        IReturnOperation or IConditionalOperation => true,
        { Kind: OperationKind.None } => true,
        _ => false,
    };

    private static bool IsLongLoop(IOperation operation, IOperation creation) =>
        operation is ILoopOperation loop && !loop.Syntax.Span.Contains(creation.Syntax.Span) && !IsCounted(loop);

    /// <summary>True for a loop over numbers or over what lies in memory; any other one may wait.</summary>
    private static bool IsCounted(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Condition: IBinaryOperation } => true,
        IForEachLoopOperation { IsAsynchronous: false } each => TripCounts.Unconverted(each.Collection).Type is
            IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or { Name: "Span" or "ReadOnlySpan" or "List" },
        _ => false,
    };
}
