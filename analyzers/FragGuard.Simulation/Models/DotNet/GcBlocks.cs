using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>A table of blocks known by number; the numbers of collected objects are given again.</summary>
internal sealed class GcBlocks
{
    private const int SmallestCapacity = 64;

    private int _used;

    /// <summary>The blocks by number, until the next one is added.</summary>
    public UohBlock[] All { get; private set; } = new UohBlock[SmallestCapacity];

    /// <summary>The first block of a chain of unused ones; −1 for none.</summary>
    public int Unused { get; set; } = -1;

    /// <summary>Adds the block of an object that the program can reach.</summary>
    /// <returns>Its number.</returns>
    public int New(long bytes)
    {
        int block = Unused;
        if (block >= 0)
        {
            Unused = All[block].Next;
        }
        else
        {
            block = _used++;
            if (block == All.Length)
                Grow();
        }

        All[block].Bytes = bytes;
        All[block].DeathAge = UohBlock.Never;
        return block;
    }

    public void Release(int block)
    {
        All[block].Next = Unused;
        Unused = block;
    }

    private void Grow()
    {
        UohBlock[] all = All;
        Array.Resize(ref all, 2 * all.Length);
        All = all;
    }
}
