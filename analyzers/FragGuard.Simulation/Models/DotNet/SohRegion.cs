using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>A region of the small object heap; all its objects are of one generation.</summary>
internal sealed class SohRegion
{
    private const long SmallestCommitBytes = 16 * LohLayout.OsPageBytes;

    private const long LargestUnusedBytes = 100 * LohLayout.OsPageBytes;
    private const long KeptUnusedBytes = 32 * LohLayout.OsPageBytes;

    /// <param name="number">Its place in the address space, counted in regions.</param>
    public SohRegion(int number, long bytes)
    {
        Number = number;
        Start = number * bytes;
        End = Start + bytes;
    }

    public int Number { get; }

    public long Start { get; }

    public long End { get; }

    /// <summary>Where the first object lies.</summary>
    public long FirstObject => Start + LohLayout.RegionHeaderBytes;

    /// <summary>Whether the heap uses it now.</summary>
    public bool IsOpen { get; private set; }

    public int Generation { get; set; }

    /// <summary>The empty block before all objects.</summary>
    public int First { get; private set; }

    /// <summary>The block at the end; the empty one while there is no object.</summary>
    public int Last { get; set; }

    public long AllocatedEnd { get; private set; }

    /// <summary>Bytes between the first object and the end of the last.</summary>
    public long AllocatedBytes => AllocatedEnd - FirstObject;

    public long CommittedEnd { get; private set; }

    /// <summary>Bytes between objects, whether an allocation can use them or not.</summary>
    public long GapBytes { get; set; }

    /// <summary>The part of them that is in gaps large enough for a free list.</summary>
    public long FreeBytes { get; set; }

    /// <summary>Where the planned GC would end this region.</summary>
    public long PlannedEnd { get; set; }

    /// <summary>The block that the planned GC would put at the end.</summary>
    public int PlannedLast { get; set; }

    /// <summary>The generation the planned GC would give this region.</summary>
    public int PlannedGeneration { get; set; }

    /// <summary>Begins a life as an empty region.</summary>
    /// <param name="first">The empty block before all objects.</param>
    public void Open(int generation, int first)
    {
        IsOpen = true;
        Generation = generation;
        First = first;
        Last = first;
        AllocatedEnd = FirstObject;
        CommittedEnd = Start + LohLayout.OsPageBytes;
        GapBytes = 0;
        FreeBytes = 0;
    }

    public void Close() => IsOpen = false;

    /// <summary>Whether the bytes are the rest of the region, or a smallest object fits behind them.</summary>
    public bool HasRoom(long from, long bytes) => from + bytes == End || from + bytes + LohLayout.MinObjectBytes <= End;

    /// <summary>Moves the end of what is laid out and commits what that needs.</summary>
    public void EndAt(long allocatedEnd)
    {
        AllocatedEnd = allocatedEnd;
        Commit(allocatedEnd);
    }

    /// <summary>Commits pages up to an address, and at least a minimum of them.</summary>
    public void Commit(long end)
    {
        if (end <= CommittedEnd)
            return;
        long bytes = Math.Max(LohLayout.AlignToPage(end - CommittedEnd), SmallestCommitBytes);
        CommittedEnd = Math.Min(CommittedEnd + bytes, End);
    }

    /// <summary>Gives pages behind the last object back when they are many, and keeps some.</summary>
    public void Decommit()
    {
        long end = LohLayout.AlignToPage(AllocatedEnd);
        if (CommittedEnd - end >= LargestUnusedBytes)
            CommittedEnd = end + KeptUnusedBytes;
    }
}
