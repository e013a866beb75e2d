using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The seven free lists of the large object heap: gaps below 64 KiB, then one list per power of two, the last from
/// 2 MiB. A search goes up from the list its own size belongs to and takes the first gap that fits, in list order.
/// </summary>
internal sealed class LohFreeLists
{
    public const int Lists = 7;

    private const int FirstListBits = 15;

    private readonly LohBlock?[] _heads = new LohBlock?[Lists];
    private readonly LohBlock?[] _tails = new LohBlock?[Lists];

    /// <summary>Bytes of all gaps on the lists.</summary>
    public long Bytes { get; private set; }

    public static int ListOf(long bytes)
    {
        int list = 0;
        for (long rest = bytes >> (FirstListBits + 1); rest > 0 && list < Lists - 1; rest >>= 1)
            list++;
        return list;
    }

    public void Clear()
    {
        Array.Clear(_heads, 0, Lists);
        Array.Clear(_tails, 0, Lists);
        Bytes = 0;
    }

    public void AddLast(LohBlock gap)
    {
        int list = ListOf(gap.Bytes);
        gap.NextFree = null;
        if (_tails[list] is { } tail)
            tail.NextFree = gap;
        else
            _heads[list] = gap;
        _tails[list] = gap;
        Bytes += gap.Bytes;
    }

    public void AddFirst(LohBlock gap)
    {
        int list = ListOf(gap.Bytes);
        gap.NextFree = _heads[list];
        _heads[list] = gap;
        _tails[list] ??= gap;
        Bytes += gap.Bytes;
    }

    /// <summary>Takes the first gap for an object off its list; null when none fits.</summary>
    /// <param name="objectBytes">Bytes of the object without its pad.</param>
    public LohBlock? Take(long objectBytes)
    {
        for (int list = ListOf(objectBytes + LohLayout.PadBytes); list < Lists; list++)
        {
            LohBlock? previous = null;
            for (LohBlock? gap = _heads[list]; gap is not null; previous = gap, gap = gap.NextFree)
            {
                if (!LohLayout.Fits(gap.Bytes, objectBytes))
                    continue;
                Unlink(list, gap, previous);
                return gap;
            }
        }

        return null;
    }

    private void Unlink(int list, LohBlock gap, LohBlock? previous)
    {
        if (previous is null)
            _heads[list] = gap.NextFree;
        else
            previous.NextFree = gap.NextFree;
        if (_tails[list] == gap)
            _tails[list] = previous;
        gap.NextFree = null;
        Bytes -= gap.Bytes;
    }
}
