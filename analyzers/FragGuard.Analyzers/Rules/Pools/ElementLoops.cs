using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Loops over all elements of an array.</summary>
internal static class ElementLoops
{
    /// <summary>The array in <c>for (…; i &lt; array.Length; …)</c>, or null.</summary>
    public static IOperation? BoundOf(IForLoopOperation loop) =>
        loop.Condition is IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.LessThan,
            LeftOperand: ILocalReferenceOperation,
            RightOperand: IPropertyReferenceOperation { Property.Name: "Length", Instance: { } array },
        }
            ? array
            : null;

    /// <summary>True when the loop may change elements of the array.</summary>
    public static bool Stores(IForLoopOperation loop, IOperation array, RentedValues values) =>
        loop.Body.DescendantsAndSelf().Any(operation => IsElementOf(operation, array, values) && IsChanged(operation));

    /// <summary>True when the loop takes elements of the array, whatever they are.</summary>
    public static bool Reads(IForLoopOperation loop, IOperation array, RentedValues values) =>
        !DecidesByElement(loop.Body)
        && loop.Body.DescendantsAndSelf().Any(operation => IsElementOf(operation, array, values) && !IsChanged(operation));

    /// <summary>
    /// True when the loop can end early, skip an element or ask whether it is there, and so may keep to the data.
    /// </summary>
    public static bool DecidesByElement(IOperation body) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IBranchOperation or IReturnOperation or IThrowOperation or IConditionalAccessOperation or ICoalesceOperation
            or IIsPatternOperation or IIsTypeOperation or IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation => true,
        IBinaryOperation binary => IsNull(binary.LeftOperand) || IsNull(binary.RightOperand),
        _ => false,
    });

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null };

    private static bool IsElementOf(IOperation operation, IOperation array, RentedValues values)
    {
        IOperation? indexed = operation switch
        {
            IArrayElementReferenceOperation element => element.ArrayReference,
            IPropertyReferenceOperation { Property.IsIndexer: true } element => element.Instance,
            _ => null,
        };
        return indexed is not null && values.RentsOf(indexed).Intersect(values.RentsOf(array)).Any();
    }

    private static bool IsChanged(IOperation element) => element.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == element,
        IIncrementOrDecrementOperation or IAddressOfOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        ITupleOperation => true,
        IFieldReferenceOperation or IPropertyReferenceOperation => IsChanged(element.Parent),
        _ => false,
    };
}
