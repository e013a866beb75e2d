using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Models;

/// <summary>
/// Bit positions, by multiplication with a de Bruijn sequence (Leiserson, Prokop and Randall, 1998), and multiples of
/// powers of two; netstandard2.0 has neither.
/// </summary>
internal static class Bits
{
    private const ulong Sequence = 0x03F79D71B4CB0A89;

    private static readonly byte[] Positions = PositionsOf(Sequence);

    /// <summary>Index of the lowest set bit of a word that has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lowest(ulong word) => Positions[unchecked((word & (0 - word)) * Sequence) >> 58];

    /// <summary>Index of the lowest clear bit of a word that has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LowestClear(ulong word) => Lowest(~word);

    /// <summary>Index of the highest set bit of a positive number.</summary>
    public static int Highest(long number)
    {
        ulong bits = (ulong)number;
        bits |= bits >> 1;
        bits |= bits >> 2;
        bits |= bits >> 4;
        bits |= bits >> 8;
        bits |= bits >> 16;
        bits |= bits >> 32;
        return Positions[unchecked((bits - (bits >> 1)) * Sequence) >> 58];
    }

    public static bool IsPowerOfTwo(long number) => number > 0 && (number & (number - 1)) == 0;

    /// <param name="number">Not negative, and below 2^62.</param>
    /// <param name="unit">A power of two.</param>
    public static long AlignUp(long number, long unit) => (number + unit - 1) & -unit;

    public static long AlignDown(long number, long unit) => number & -unit;

    private static byte[] PositionsOf(ulong sequence)
    {
        byte[] positions = new byte[64];
        for (int bit = 0; bit < 64; bit++)
            positions[unchecked(sequence << bit) >> 58] = (byte)bit;
        return positions;
    }
}
