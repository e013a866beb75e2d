using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// A reserved run of address space that large objects fill from its start; [Start, AllocatedEnd) is laid out in
/// blocks, [Start, CommittedEnd) is committed.
/// </summary>
internal sealed class LohRegion
{
    private const long SmallestCommitBytes = 16 * LohLayout.OsPageBytes;
    private const long SmallestDecommitBytes = 100 * LohLayout.OsPageBytes;
    private const long KeptOnDecommitBytes = 32 * LohLayout.OsPageBytes;

    private LohBlock? _last;

    public LohRegion(long start, long bytes)
    {
        Start = start;
        End = start + bytes;
        AllocatedEnd = FirstBlock;
        CommittedEnd = start + LohLayout.OsPageBytes;
    }

    public long Start { get; }

    /// <summary>End of the reserved run.</summary>
    public long End { get; }

    public long FirstBlock => Start + LohLayout.RegionHeaderBytes;

    public long AllocatedEnd { get; private set; }

    /// <summary>Bytes between the first block and the end of the last.</summary>
    public long AllocatedBytes => AllocatedEnd - FirstBlock;

    public long CommittedEnd { get; private set; }

    public long CommittedBytes => CommittedEnd - Start;

    public LohBlock? First { get; private set; }

    /// <summary>
    /// Whether an object and its pad fit behind the last block. The runtime asks for one more pad and one smallest
    /// object up to the end of the region.
    /// </summary>
    public bool HasRoomAtEnd(long objectBytes) =>
        AllocatedEnd + (2 * LohLayout.PadBytes) + LohLayout.MinObjectBytes + objectBytes <= End;

    /// <summary>Appends a block at the end and commits what it needs.</summary>
    public LohBlock Append(LohBlockState state, long bytes)
    {
        LohBlock block = new(state, AllocatedEnd, bytes);
        Append(block);
        return block;
    }

    /// <summary>Appends a block whose place becomes the current end.</summary>
    public void Append(LohBlock block)
    {
        block.Start = AllocatedEnd;
        block.Next = null;
        if (_last is null)
            First = block;
        else
            _last.Next = block;
        _last = block;
        AllocatedEnd += block.Bytes;
        if (AllocatedEnd > CommittedEnd)
            CommitTo(AllocatedEnd);
    }

    /// <summary>Forgets all blocks, so that survivors can be appended again in their order.</summary>
    public void Clear()
    {
        First = null;
        _last = null;
        AllocatedEnd = FirstBlock;
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
