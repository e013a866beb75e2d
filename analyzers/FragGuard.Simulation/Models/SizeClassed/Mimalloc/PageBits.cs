using System;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>A set of small numbers for each segment, such as its committed slices: rows of one flat bitmap.</summary>
internal sealed class PageBits
{
    private readonly int _wordsPerRow;
    private ulong[] _words = [];

    public PageBits(int bitsPerRow) => _wordsPerRow = bitsPerRow / 64;

    public void Grow(int rows) => Array.Resize(ref _words, rows * _wordsPerRow);

    public bool Contains(int row, int bit) => (_words[(row * _wordsPerRow) + (bit >> 6)] & (1UL << (bit & 63))) != 0;

    /// <returns>How many numbers were not in the set.</returns>
    public int Add(int row, int start, int count)
    {
        int added = 0;
        for (; count > 0;)
        {
            ref ulong word = ref WordAt(row, start, count, out ulong mask, out int covered);
            added += Count(mask & ~word);
            word |= mask;
            start += covered;
            count -= covered;
        }

        return added;
    }

    /// <returns>How many numbers were in the set.</returns>
    public int Remove(int row, int start, int count)
    {
        int removed = 0;
        for (; count > 0;)
        {
            ref ulong word = ref WordAt(row, start, count, out ulong mask, out int covered);
            removed += Count(mask & word);
            word &= ~mask;
            start += covered;
            count -= covered;
        }

        return removed;
    }

    private ref ulong WordAt(int row, int start, int count, out ulong mask, out int covered)
    {
        int bit = start & 63;
        covered = Math.Min(count, 64 - bit);
        mask = (covered == 64 ? ulong.MaxValue : (1UL << covered) - 1) << bit;
        return ref _words[(row * _wordsPerRow) + (start >> 6)];
    }

    private static int Count(ulong word)
    {
        word -= (word >> 1) & 0x5555_5555_5555_5555;
        word = (word & 0x3333_3333_3333_3333) + ((word >> 2) & 0x3333_3333_3333_3333);
        word = (word + (word >> 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        return (int)(unchecked(word * 0x0101_0101_0101_0101) >> 56);
    }
}
