using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// Which expressions of one body are a rented array as a whole, or a view of all of it. Order is ignored: a variable
/// that is ever anything else is none.
/// </summary>
internal sealed class RentedValues
{
    private const int MostNesting = 20;

    private readonly Assignments _assignments;
    private readonly ArrayPools _protocol;

    public RentedValues(IOperation body, ArrayPools protocol)
    {
        _assignments = Assignments.In(body);
        _protocol = protocol;
    }

    /// <summary>The rents whose whole array the value may be; empty when it may be something else.</summary>
    public IReadOnlyList<IInvocationOperation> RentsOf(IOperation? value)
    {
        HashSet<IInvocationOperation> rents = [];
        return value is not null && IsWhole(value, rents, MostNesting) ? rents.ToArray() : [];
    }

    /// <summary>True for the length of an array, or view, that comes from one of the same rents.</summary>
    public bool IsLengthOf(IOperation value, IEnumerable<IInvocationOperation> rents) =>
        Unconverted(value) is IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" } length
        && RentsOf(length.Instance).Intersect(rents).Any();

    /// <summary>True for a local or parameter with one value, so that it is the same wherever it is read.</summary>
    public bool KeepsItsValue(IOperation value) => Unconverted(value) switch
    {
        { ConstantValue.HasValue: true } => true,
        ILocalReferenceOperation local => _assignments.Only(local.Local) is not null,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter } =>
            _assignments.Of(parameter.OriginalDefinition) is { Count: 0 },
        _ => false,
    };

    private bool IsWhole(IOperation value, HashSet<IInvocationOperation> rents, int nesting)
    {
        if (nesting == 0)
            return false;
        switch (value)
        {
            case IConversionOperation conversion:
                return IsWhole(conversion.Operand, rents, nesting - 1);
            case IInvocationOperation call when _protocol.Acquires(call):
                rents.Add(call);
                return true;
            case IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory", Arguments.Length: 1 } call:
                return IsWhole(call.Arguments[0].Value, rents, nesting - 1);
            case IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory", Arguments.Length: 3 } call:
                return IsZero(call.Arguments[1].Value)
                    && IsWhole(call.Arguments[0].Value, rents, nesting - 1)
                    && IsLengthOf(call.Arguments[2].Value, rents);
            case IObjectCreationOperation { Arguments.Length: 1 } creation when IsView(creation.Type):
                return IsWhole(creation.Arguments[0].Value, rents, nesting - 1);
            case IPropertyReferenceOperation { Property.Name: "Span", Instance: { } memory } when IsView(memory.Type):
                return IsWhole(memory, rents, nesting - 1);
            case ISimpleAssignmentOperation assignment:
                return IsWhole(assignment.Value, rents, nesting - 1);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return IsWholeOrNone(choice.WhenTrue, rents, nesting) && IsWholeOrNone(whenFalse, rents, nesting) && rents.Count > 0;
            case ICoalesceOperation choice:
                return IsWholeOrNone(choice.Value, rents, nesting) && IsWholeOrNone(choice.WhenNull, rents, nesting) && rents.Count > 0;
            case ILocalReferenceOperation { Local: var local }:
                return _assignments.Of(local) is { Count: > 0 } sources
                    && sources.All(source => source.Kind == Assignments.SourceKind.Value && IsWholeOrNone(source.Operation, rents, nesting))
                    && rents.Count > 0;
            default:
                return false;
        }
    }

    /// <summary>Null is no array, and memory on the stack is as long as its author said.</summary>
    private bool IsWholeOrNone(IOperation value, HashSet<IInvocationOperation> rents, int nesting)
    {
        IOperation bare = Unconverted(value);
        return bare is IDefaultValueOperation
            || bare.ConstantValue is { HasValue: true, Value: null }
            || bare.Syntax is StackAllocArrayCreationExpressionSyntax
            || IsWhole(value, rents, nesting - 1);
    }

    public static bool IsZero(IOperation value) => value.ConstantValue is { HasValue: true, Value: 0 or 0L };

    private static bool IsView(ITypeSymbol? type) => type?.FullName() is "System.Span" or "System.ReadOnlySpan" or "System.Memory"
        or "System.ReadOnlyMemory" or "System.ArraySegment";

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value;
    }
}
