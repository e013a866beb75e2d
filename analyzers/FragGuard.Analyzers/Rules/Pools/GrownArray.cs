using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// A buffer that grows: the elements are copied from the old array to a new one, and a variable goes over from the one to
/// the other. Then the old array is the one to return.
/// </summary>
/// <param name="Old">The expression that the elements are copied from.</param>
/// <param name="IsOldAtReturn">True while that expression still stands for the old array.</param>
internal sealed record GrownArray(IOperation Old, bool IsOldAtReturn)
{
    /// <summary>The growth in which the call returns the new array by mistake, or null.</summary>
    public static GrownArray? ReturnedBy(IInvocationOperation call, OwnershipMember<ArrayPools> member)
    {
        if (member.Protocol.GivenBackBy(call) is not { } returned || VariableOf(returned) is not { } returnedVariable)
            return null;
        if (call.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
            return null;

        List<IOperation> before = block.Operations.TakeWhile(other => other != statement).ToList();
        int copyAt = before.FindLastIndex(other => Copy(other) is not null);
        if (copyAt < 0)
            return null;

        (IOperation from, IOperation to) = Copy(before[copyAt])!.Value;
        if (VariableOf(from) is not { } old || VariableOf(to) is not { } larger || Same(old, larger))
            return null;

        bool goesOverBefore = before.Skip(copyAt + 1).Any(other => GoesOver(other, old, larger));
        bool goesOverAfter = block.Operations.SkipWhile(other => other != statement).Any(other => GoesOver(other, old, larger));
        if (Same(returnedVariable, larger) && (goesOverBefore || goesOverAfter))
            return new GrownArray(from, IsOldAtReturn: !goesOverBefore);
        return Same(returnedVariable, old) && goesOverBefore ? new GrownArray(from, IsOldAtReturn: false) : null;
    }

    private static (IOperation From, IOperation To)? Copy(IOperation statement)
    {
        if (statement is not IExpressionStatementOperation { Operation: IInvocationOperation call })
            return null;

        IOperation[] arrays = call.Arguments.Where(argument => VariableOf(argument.Value) is not null
            && BaseOf(argument.Value).Type is IArrayTypeSymbol).OrderBy(argument => argument.Parameter?.Ordinal)
            .Select(argument => BaseOf(argument.Value)).ToArray();
        string type = call.TargetMethod.ContainingType.Name;
        return (call.TargetMethod.Name, type, arrays.Length) switch
        {
            ("Copy" or "ConstrainedCopy", "Array", 2) or ("BlockCopy", "Buffer", 2) => (arrays[0], arrays[1]),
            ("CopyTo", "MemoryExtensions", 2) => (arrays[0], arrays[1]),
            ("CopyTo", _, 1) when call.Instance is not null && BaseOf(call.Instance).Type is IArrayTypeSymbol =>
                (BaseOf(call.Instance), arrays[0]),
            _ => null,
        };
    }

    /// <summary>The array behind views and conversions.</summary>
    private static IOperation BaseOf(IOperation operation) => operation switch
    {
        IConversionOperation conversion => BaseOf(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "AsSpan" or "AsMemory", IsStatic: true }, Arguments: { Length: > 0 } arguments } =>
            BaseOf(arguments[0].Value),
        IInvocationOperation { TargetMethod.Name: "Slice", Instance: { } sliced } => BaseOf(sliced),
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } => BaseOf(arguments[0].Value),
        _ => operation,
    };

    private static bool GoesOver(IOperation statement, ISymbol old, ISymbol larger) =>
        statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }
        && VariableOf(assignment.Target) is { } target && Same(target, old)
        && VariableOf(assignment.Value) is { } value && Same(value, larger);

    private static ISymbol? VariableOf(IOperation operation) => BaseOf(operation) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property => property.Property,
        _ => null,
    };

    private static bool Same(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
