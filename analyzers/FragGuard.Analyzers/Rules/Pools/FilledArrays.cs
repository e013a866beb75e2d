using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// The rents of one body whose array may hold data up to its very end: it is filled as a whole, its length is compared
/// with something, or a method that may fill it is passed all of it, as such or as an address with its length.
/// </summary>
internal sealed class FilledArrays
{
    private readonly HashSet<IInvocationOperation> _filled = [];
    private readonly RentedValues _values;

    public FilledArrays(IOperation body, RentedValues values)
    {
        _values = values;
        foreach (IOperation operation in body.DescendantsAndSelf())
            Read(operation);
    }

    public bool Contains(IInvocationOperation rent) => _filled.Contains(rent);

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
                or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison:
                if (!IsLoopCondition(comparison))
                    AddLengthsIn(comparison);
                break;
            case IIsPatternOperation match:
                AddLengthsIn(match.Value);
                if (match.Pattern.DescendantsAndSelf().Any(part => part is IPropertySubpatternOperation or IListPatternOperation))
                    _filled.UnionWith(_values.RentsOf(match.Value)); // is { Length: … }
                break;
            case ISwitchExpressionOperation choice:
                AddLengthsIn(choice.Value);
                break;
            case IForLoopOperation loop when ElementLoops.BoundOf(loop) is { } bound && ElementLoops.Stores(loop, bound, _values):
                _filled.UnionWith(_values.RentsOf(bound));
                break;
            case IInvocationOperation call:
                ReadCall(call);
                break;
        }
    }

    private static bool IsLoopCondition(IBinaryOperation comparison) =>
        comparison.Parent is IForLoopOperation loop && loop.Condition == comparison;

    private void AddLengthsIn(IOperation value)
    {
        foreach (IOperation inner in value.DescendantsAndSelf())
        {
            if (inner is IPropertyReferenceOperation { Property.Name: "Length" or "LongLength", Instance: { } array })
                _filled.UnionWith(_values.RentsOf(array));
        }
    }

    private void ReadCall(IInvocationOperation call)
    {
        if (call.Arguments.Any(argument => argument.Value.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }))
        {
            // Most likely the address of an array that 'fixed' pins, and how long that is.
            foreach (IArgumentOperation argument in call.Arguments)
                AddLengthsIn(argument.Value);
        }

        if (call.TargetMethod.Name is "Fill" or "Clear" && call.Instance is { } span)
            _filled.UnionWith(_values.RentsOf(span));
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && MayFill(call.TargetMethod, parameter) && !HasShorterLength(call, argument))
                _filled.UnionWith(_values.RentsOf(argument.Value));
        }
    }

    /// <summary>Known to fill all of what it is passed, or not known at all and able to.</summary>
    private static bool MayFill(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (method.Name is "Fill" or "Clear" or "ReadExactly" or "ReadExactlyAsync" or "NextBytes" or "GetBytes" or "GetNonZeroBytes"
            or "GetItems" or "Shuffle")
        {
            return method.ContainingType.FullName() is not "System.Text.Encoding";
        }

        return parameter.Type.FullName() is not ("System.ReadOnlySpan" or "System.ReadOnlyMemory")
            && !method.DeclaringSyntaxReferences.IsEmpty;
    }

    private bool HasShorterLength(IInvocationOperation call, IArgumentOperation data) => call.Arguments.Any(argument =>
        argument != data
        && argument.Value.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
        && !RentedValues.IsZero(argument.Value)
        && !_values.IsLengthOf(argument.Value, _values.RentsOf(data.Value)));
}
