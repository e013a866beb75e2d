using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// A reserved run of address space that objects fill from its start; [Start, AllocatedEnd) is laid out in blocks,
/// [Start, CommittedEnd) is committed.
/// </summary>
internal sealed class UohRegion
{
    private const long SmallestCommitBytes = 16 * LohLayout.OsPageBytes;
    private const long SmallestDecommitBytes = 100 * LohLayout.OsPageBytes;
    private const long KeptOnDecommitBytes = 32 * LohLayout.OsPageBytes;

    public long Start { get; private set; }

    /// <summary>End of the reserved run.</summary>
    public long End { get; private set; }

    public long FirstBlock => Start + LohLayout.RegionHeaderBytes;

    public long AllocatedEnd { get; private set; }

    /// <summary>Bytes between the first block and the end of the last.</summary>
    public long AllocatedBytes => AllocatedEnd - FirstBlock;

    /// <summary>Bytes between the end of the last block and the end of the region.</summary>
    public long RoomBytes => End - AllocatedEnd;

    public long CommittedEnd { get; private set; }

    public long CommittedBytes => CommittedEnd - Start;

    /// <summary>The empty block before all objects.</summary>
    public int First { get; private set; }

    /// <summary>The block at the end; the first one while there is no object.</summary>
    public int Last { get; set; }

    public bool IsEmpty => First == Last;

    /// <summary>Begins a life as an empty region.</summary>
    /// <param name="first">The empty block before all objects.</param>
    public void Open(long start, long bytes, int first)
    {
        Start = start;
        End = start + bytes;
        AllocatedEnd = FirstBlock;
        CommittedEnd = start + LohLayout.OsPageBytes;
        First = first;
        Last = first;
    }

    /// <summary>Moves the end of what is laid out and commits what that needs.</summary>
    public void EndAt(long allocatedEnd)
    {
        AllocatedEnd = allocatedEnd;
        if (allocatedEnd > CommittedEnd)
            CommitTo(allocatedEnd);
    }

    /// <summary>Gives back the pages behind the last block when they are many; a few always stay.</summary>
    public void Decommit()
    {
        long firstFreePage = LohLayout.AlignToPage(AllocatedEnd);
        if (CommittedEnd - firstFreePage >= SmallestDecommitBytes)
            CommittedEnd = firstFreePage + KeptOnDecommitBytes;
    }

    private void CommitTo(long end)
    {
        long bytes = Math.Max(LohLayout.AlignToPage(end - CommittedEnd), SmallestCommitBytes);
        CommittedEnd = Math.Min(CommittedEnd + bytes, End);
    }
}
