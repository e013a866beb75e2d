using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>The values that integer types can hold.</summary>
internal static class NumericTypes
{
    /// <summary>The type's range, or null for what is not an integer. A ulong is followed up to the end of long.</summary>
    public static Interval? RangeOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Byte => new(byte.MinValue, byte.MaxValue),
        SpecialType.System_SByte => new(sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Int16 => new(short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => new(ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Char => new(char.MinValue, char.MaxValue),
        SpecialType.System_Int32 => new(int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => new(uint.MinValue, uint.MaxValue),
        SpecialType.System_Int64 or SpecialType.System_IntPtr => Interval.Everything,
        SpecialType.System_UInt64 or SpecialType.System_UIntPtr => Interval.NotNegative,
        _ => null,
    };

    /// <summary>The interval as a value of the type: what does not fit wraps around, so nothing is known of it.</summary>
    public static Interval Fit(Interval interval, ITypeSymbol? type)
    {
        if (RangeOf(type) is not { } range)
            return Interval.Everything;
        bool fits = (interval.Min >= range.Min || interval.Min == long.MinValue)
            && (interval.Max <= range.Max || interval.Max == long.MaxValue);
        if (!fits)
            interval = Interval.Everything;
        return range.Min == 0 && interval.Min < 0 ? interval.AtLeast(0) : interval;
    }

    public static long? Constant(object? value) => value switch
    {
        byte number => number,
        sbyte number => number,
        short number => number,
        ushort number => number,
        char number => number,
        int number => number,
        uint number => number,
        long number => number,
        ulong number and <= long.MaxValue => (long)number,
        _ => null,
    };
}
