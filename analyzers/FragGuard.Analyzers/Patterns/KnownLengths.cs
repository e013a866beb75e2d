using System;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Lengths of arrays, strings and spans: creations, and the library calls that make one.</summary>
internal static class KnownLengths
{
    /// <summary>Longest array the runtime makes.</summary>
    private const long MostElements = 0x7FFF_FFC7;

    public static IntervalSet Of(SizeInference sizes, IOperation operation, Frame frame) => operation.Kind switch
    {
        OperationKind.ArrayCreation => OfArray(sizes, (IArrayCreationOperation)operation, frame),
        OperationKind.CollectionExpression => OfElements(sizes, (ICollectionExpressionOperation)operation, frame),
        OperationKind.ObjectCreation => OfCreation(sizes, (IObjectCreationOperation)operation, frame),
        OperationKind.Binary => OfJoinedText(sizes, (IBinaryOperation)operation, frame),
        OperationKind.ArrayElementReference or OperationKind.ImplicitIndexerReference => OfPart(sizes, operation, frame),
        _ => IntervalSet.Unknown,
    };

    private static IntervalSet OfArray(SizeInference sizes, IArrayCreationOperation creation, Frame frame)
    {
        if (creation.DimensionSizes.IsEmpty)
            return IntervalSet.Unknown;
        IntervalSet product = Count(sizes, creation.DimensionSizes[0], frame);
        for (int dimension = 1; dimension < creation.DimensionSizes.Length; dimension++)
            product = product.Combine(Count(sizes, creation.DimensionSizes[dimension], frame), (left, right) => left.Multiply(right));
        return product;
    }

    private static IntervalSet OfElements(SizeInference sizes, ICollectionExpressionOperation collection, Frame frame)
    {
        IntervalSet sum = IntervalSet.Of(0);
        foreach (IOperation element in collection.Elements)
        {
            IntervalSet added = element is ISpreadOperation spread
                ? sizes.Of(Quantity.Length, spread.Operand, frame)
                : IntervalSet.Of(1);
            sum = sum.Combine(added, (left, right) => left.Add(right));
        }

        return sum;
    }

    private static IntervalSet OfJoinedText(SizeInference sizes, IBinaryOperation binary, Frame frame) =>
        binary is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
            ? OfText(sizes, binary.LeftOperand, frame).Combine(
                OfText(sizes, binary.RightOperand, frame), (left, right) => left.Add(right))
            : IntervalSet.Unknown;

    private static IntervalSet OfPart(SizeInference sizes, IOperation reference, Frame frame) => reference switch
    {
        IArrayElementReferenceOperation { Indices: { Length: 1 } indices } when indices[0] is IRangeOperation range =>
            OfRange(sizes, range, frame),
        IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } => OfRange(sizes, range, frame),
        _ => IntervalSet.Unknown,
    };

    /// <summary>Null when the method is not one of the table.</summary>
    public static IntervalSet? OfCall(SizeInference sizes, IInvocationOperation call, Frame frame)
    {
        IntervalSet Number(int ordinal) => Argument(call.Arguments, ordinal) is { } value
            ? Count(sizes, value, frame)
            : IntervalSet.Unknown;
        IntervalSet Length(int ordinal) => Argument(call.Arguments, ordinal) is { } value
            ? sizes.Of(Quantity.Length, value, frame)
            : IntervalSet.Unknown;
        IntervalSet Instance() => call.Instance is { } value
            ? sizes.Of(Quantity.Length, value, frame)
            : IntervalSet.Unknown;

        switch (call.TargetMethod.FullName(), call.Arguments.Length)
        {
            case ("System.GC.AllocateUninitializedArray" or "System.GC.AllocateArray", _):
            case ("System.Security.Cryptography.RandomNumberGenerator.GetBytes", 1):
            case ("System.String.Create", 3):
                return Number(0);
            case ("System.Buffers.ArrayPool.Rent", 1):
                return Number(0).Map(Rented);
            case ("System.Text.Encoding.GetBytes", 1):
                return Argument(call.Arguments, 0) is { } text ? OfEncoded(sizes, text, EncodingOf(call.Instance), frame) : null;
            case ("System.Span.ToArray" or "System.ReadOnlySpan.ToArray" or "System.Memory.ToArray"
                or "System.ReadOnlyMemory.ToArray", 0):
                return Instance();
            case ("System.Span.Slice" or "System.ReadOnlySpan.Slice" or "System.Memory.Slice"
                or "System.ReadOnlyMemory.Slice", 2):
            case ("System.String.Substring", 2):
                return Number(1);
            case ("System.MemoryExtensions.AsSpan" or "System.MemoryExtensions.AsMemory", 1):
            case ("System.Linq.Enumerable.ToArray", 1):
                return Length(0);
            case ("System.MemoryExtensions.AsSpan" or "System.MemoryExtensions.AsMemory", 3):
                return Number(2);
            case ("System.Linq.Enumerable.Repeat" or "System.Linq.Enumerable.Range", 2):
                return Number(1);
            case ("System.String.PadLeft" or "System.String.PadRight", 1 or 2):
                return Instance().Combine(
                    Number(0), (length, width) => new(Math.Max(length.Min, width.Min), Math.Max(length.Max, width.Max)));
            default:
                return null;
        }
    }

    /// <summary>UTF-8 bytes of a text, as a distributed cache stores it.</summary>
    public static IntervalSet OfUtf8(SizeInference sizes, IOperation text, Frame frame) =>
        OfEncoded(sizes, text, "UTF8", frame);

    public static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, int ordinal)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }

    private static IntervalSet OfCreation(SizeInference sizes, IObjectCreationOperation creation, Frame frame)
    {
        if (creation.Constructor?.ContainingType.FullName()
            is not ("System.String" or "System.Span" or "System.ReadOnlySpan" or "System.Memory" or "System.ReadOnlyMemory"))
        {
            return IntervalSet.Unknown;
        }

        ImmutableArray<IArgumentOperation> arguments = creation.Arguments;
        return arguments.Length switch
        {
            1 when arguments[0].Parameter?.Type is not IPointerTypeSymbol => sizes.Of(
                Quantity.Length, arguments[0].Value, frame),
            2 when Argument(arguments, 1) is { } count => Count(sizes, count, frame),
            3 when Argument(arguments, 2) is { } length => Count(sizes, length, frame),
            _ => IntervalSet.Unknown,
        };
    }

    private static IntervalSet OfText(SizeInference sizes, IOperation operand, Frame frame)
    {
        IOperation value = operand is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operand;
        if (value.ConstantValue is { HasValue: true, Value: null })
            return IntervalSet.Of(0);
        return value.Type?.SpecialType switch
        {
            SpecialType.System_String => sizes.Of(Quantity.Length, value, frame),
            SpecialType.System_Char => IntervalSet.Of(1),
            _ => IntervalSet.Unknown,
        };
    }

    private static IntervalSet OfRange(SizeInference sizes, IRangeOperation range, Frame frame)
    {
        IntervalSet? end = Index(sizes, range.RightOperand, frame);
        IntervalSet? start = range.LeftOperand is null ? IntervalSet.Of(0) : Index(sizes, range.LeftOperand, frame);
        return start is null || end is null
            ? IntervalSet.Unknown
            : end.Combine(start, (to, from) => to.Subtract(from)).Map(ArrayLength);
    }

    /// <summary>An index from the start, or null for one from the end.</summary>
    private static IntervalSet? Index(SizeInference sizes, IOperation? index, Frame frame) => index switch
    {
        IConversionOperation { Operand.Type.SpecialType: SpecialType.System_Int32 } conversion =>
            sizes.Of(Quantity.Number, conversion.Operand, frame),
        _ => null,
    };

    private static IntervalSet OfEncoded(SizeInference sizes, IOperation text, string? encoding, Frame frame)
    {
        if (text.ConstantValue is { HasValue: true, Value: string constant } && Exact(encoding) is { } exact)
            return IntervalSet.Of(exact.GetByteCount(constant));
        if (text.Type?.SpecialType != SpecialType.System_String && text.Type is not IArrayTypeSymbol)
            return IntervalSet.Unknown;
        (int least, int most) = encoding switch
        {
            "ASCII" or "Latin1" => (1, 1),
            "UTF8" => (1, 3),
            "Unicode" or "BigEndianUnicode" => (2, 2),
            "UTF32" => (2, 4),
            _ => (0, 0),
        };
        return most == 0
            ? IntervalSet.Unknown
            : sizes.Of(Quantity.Length, text, frame).Map(length =>
                length.IsBounded ? new(length.Min * least, length.Max * most) : Interval.Everything);
    }

    private static Encoding? Exact(string? encoding) => encoding switch
    {
        "ASCII" => Encoding.ASCII,
        "UTF8" => Encoding.UTF8,
        "Unicode" or "BigEndianUnicode" => Encoding.Unicode,
        "UTF32" => Encoding.UTF32,
        _ => null,
    };

    private static string? EncodingOf(IOperation? instance) => instance switch
    {
        IPropertyReferenceOperation { Instance: null } property
            when property.Property.ContainingType.FullName() is "System.Text.Encoding" => property.Property.Name,
        _ => null,
    };

    /// <summary>The shared pool hands out powers of two from 16 up to 2^30, and exact lengths above.</summary>
    private static Interval Rented(Interval length)
    {
        return new(Bucket(length.Min), length.Max == long.MaxValue ? length.Max : Bucket(length.Max));

        static long Bucket(long elements)
        {
            long bucket = elements == 0 ? 0 : 16;
            while (bucket < elements && bucket != 0)
                bucket *= 2;
            return bucket > 1L << 30 ? elements : bucket;
        }
    }

    private static IntervalSet Count(SizeInference sizes, IOperation operation, Frame frame) =>
        sizes.Of(Quantity.Number, operation, frame).Map(ArrayLength);

    /// <summary>A negative or an impossible length throws, so it is no length.</summary>
    private static Interval ArrayLength(Interval number)
    {
        if (!number.IsBounded || number.Max < 0 || number.Min > MostElements)
            return Interval.Everything;
        return number.AtLeast(0).AtMost(MostElements);
    }
}
