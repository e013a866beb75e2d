using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>A condition that tells whether a variable is null.</summary>
/// <param name="Tested">The operation whose value is tested.</param>
/// <param name="IsNullWhen">The outcome of the condition that means null.</param>
/// <param name="Match">The pattern that tells, whose variables stay empty when the value is null.</param>
internal readonly record struct NullCheck(IOperation Tested, bool IsNullWhen, IPatternOperation? Match = null)
{
    public static NullCheck? From(IOperation condition)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return From(operand) is { } inner ? inner with { IsNullWhen = !inner.IsNullWhen } : null;
            case IIsNullOperation isNull:
                return Of(isNull.Operand, isNullWhen: true);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                bool isNullWhen = comparison.OperatorKind == BinaryOperatorKind.Equals;
                if (IsNull(comparison.RightOperand))
                    return Of(comparison.LeftOperand, isNullWhen);
                return IsNull(comparison.LeftOperand) ? Of(comparison.RightOperand, isNullWhen) : null;
            case IIsPatternOperation match:
                return NullOutcome(match.Pattern) is { } outcome
                    ? Of(match.Value, outcome) with { Match = match.Pattern }
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The variables that the pattern may give the value to.</summary>
    public static IEnumerable<ILocalSymbol> NamedBy(IPatternOperation pattern) =>
        pattern.DescendantsAndSelf()
            .Select(part => part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                IListPatternOperation list => list.DeclaredSymbol,
                _ => null,
            })
            .OfType<ILocalSymbol>();

    private static NullCheck Of(IOperation tested, bool isNullWhen)
    {
        while (true)
        {
            switch (tested)
            {
                case IConversionOperation conversion:
                    tested = conversion.Operand;
                    continue;
                case ISimpleAssignmentOperation assignment:
                    tested = assignment.Target;
                    continue;
                default:
                    return new NullCheck(tested, isNullWhen);
            }
        }
    }

    /// <summary>The outcome of the match that means null, or null when the pattern tells more than that.</summary>
    private static bool? NullOutcome(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant when IsNull(constant.Value) => true,
        INegatedPatternOperation negated => !NullOutcome(negated.Pattern),
        IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } => false,
        IDeclarationPatternOperation or ITypePatternOperation => false,
        _ => null,
    };

    private static bool IsNull(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation.ConstantValue is { HasValue: true, Value: null };
    }
}
