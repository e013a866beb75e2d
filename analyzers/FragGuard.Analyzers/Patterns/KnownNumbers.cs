using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Integers: operators, and the library calls whose result is bounded.</summary>
internal static class KnownNumbers
{
    public static IntervalSet Of(SizeInference sizes, IOperation operation, Frame frame)
    {
        IntervalSet set = operation.Kind is OperationKind.Binary or OperationKind.Unary
            ? OfOperator(sizes, operation, frame)
            : IntervalSet.Unknown;
        bool isOfAnySign = operation.Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 };
        return set.IsUnknown && isOfAnySign ? set : Fit(set, operation.Type);
    }

    private static IntervalSet OfOperator(SizeInference sizes, IOperation operation, Frame frame) => operation switch
    {
        IBinaryOperation { OperatorMethod: null } binary => OfBinary(
            binary.OperatorKind,
            sizes.Of(Quantity.Number, binary.LeftOperand, frame),
            sizes.Of(Quantity.Number, binary.RightOperand, frame)),
        IUnaryOperation { OperatorMethod: null, OperatorKind: UnaryOperatorKind.Minus } unary =>
            sizes.Of(Quantity.Number, unary.Operand, frame).Map(number => number.Negate()),
        IUnaryOperation { OperatorMethod: null, OperatorKind: UnaryOperatorKind.Plus } unary =>
            sizes.Of(Quantity.Number, unary.Operand, frame),
        _ => IntervalSet.Unknown,
    };

    private static IntervalSet Fit(IntervalSet set, ITypeSymbol? type) => set.Map(number => NumericTypes.Fit(number, type));

    /// <summary>Lengths and counts; null when the property is not one.</summary>
    public static IntervalSet? OfProperty(SizeInference sizes, IPropertyReferenceOperation reference, Frame frame)
    {
        if (reference.Property.Name is not ("Length" or "LongLength") || reference.Instance is not { } instance)
            return null;
        return instance.Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String }
            || instance.Type?.FullName() is "System.Span" or "System.ReadOnlySpan" or "System.Memory" or "System.ReadOnlyMemory"
            ? sizes.Of(Quantity.Length, instance, frame)
            : null;
    }

    /// <summary>Null when the method is not one of the table.</summary>
    public static IntervalSet? OfCall(SizeInference sizes, IInvocationOperation call, Frame frame)
    {
        IntervalSet Argument(int ordinal) => KnownLengths.Argument(call.Arguments, ordinal) is { } value
            ? sizes.Of(Quantity.Number, value, frame)
            : IntervalSet.Unknown;

        switch (call.TargetMethod.FullName(), call.Arguments.Length)
        {
            case ("System.Math.Min" or "System.Int32.Min" or "System.Int64.Min", 2):
                return Argument(0).Combine(Argument(1), Min);
            case ("System.Math.Max" or "System.Int32.Max" or "System.Int64.Max", 2):
                return Argument(0).Combine(Argument(1), Max);
            case ("System.Math.Clamp" or "System.Int32.Clamp" or "System.Int64.Clamp", 3):
                return Argument(0).Combine(Argument(1), Max).Combine(Argument(2), Min);
            case ("System.Math.Abs", 1):
                return Argument(0).Map(number => number.Min >= 0 ? number : Abs(number));
            case ("System.Random.Next" or "System.Random.NextInt64", 0):
                return IntervalSet.Of(Interval.NotNegative);
            case ("System.Random.Next" or "System.Random.NextInt64"
                or "System.Security.Cryptography.RandomNumberGenerator.GetInt32", 1):
                return IntervalSet.Of(0).Combine(Argument(0), UpTo);
            case ("System.Random.Next" or "System.Random.NextInt64"
                or "System.Security.Cryptography.RandomNumberGenerator.GetInt32", 2):
                return Argument(0).Combine(Argument(1), UpTo);
            default:
                return null;
        }
    }

    private static IntervalSet OfBinary(BinaryOperatorKind kind, IntervalSet left, IntervalSet right)
    {
        // One side alone bounds a remainder and what is masked; nothing else, unless it never gets a value.
        bool isLost = (left.IsUnknown || right.IsUnknown) && !left.IsNothing && !right.IsNothing
            && kind is not (BinaryOperatorKind.Remainder or BinaryOperatorKind.And);
        return isLost ? IntervalSet.Unknown : OfKnown(kind, left, right);
    }

    private static IntervalSet OfKnown(BinaryOperatorKind kind, IntervalSet left, IntervalSet right) => kind switch
    {
        BinaryOperatorKind.Add => left.Combine(right, (a, b) => a.Add(b)),
        BinaryOperatorKind.Subtract => left.Combine(right, (a, b) => a.Subtract(b)),
        BinaryOperatorKind.Multiply => left.Combine(right, (a, b) => a.Multiply(b)),
        BinaryOperatorKind.Divide => left.Combine(right, (a, b) => a.Divide(b)),
        BinaryOperatorKind.Remainder => left.Combine(right, (a, b) => a.Remainder(b)),
        BinaryOperatorKind.And => left.Combine(right, (a, b) => a.And(b)),
        BinaryOperatorKind.LeftShift => left.Combine(right, (a, b) => a.ShiftLeft(b)),
        BinaryOperatorKind.RightShift => left.Combine(right, (a, b) => a.ShiftRight(b)),
        _ => IntervalSet.Unknown,
    };

    private static Interval Min(Interval left, Interval right) =>
        new(Math.Min(left.Min, right.Min), Math.Min(left.Max, right.Max));

    private static Interval Max(Interval left, Interval right) =>
        new(Math.Max(left.Min, right.Min), Math.Max(left.Max, right.Max));

    private static Interval Abs(Interval number) =>
        number.IsBounded ? new(number.Max < 0 ? -number.Max : 0, Math.Max(-number.Min, number.Max)) : Interval.NotNegative;

    /// <summary>From the lower bound up to, and without, the upper one.</summary>
    private static Interval UpTo(Interval from, Interval to) =>
        new(from.Min, to.Max == long.MaxValue ? to.Max : Math.Max(from.Min, to.Max - 1));
}
