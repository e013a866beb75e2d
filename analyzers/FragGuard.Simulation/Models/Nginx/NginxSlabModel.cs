using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// A zone of nginx's slab allocator, 1.7.2 and later, used for blocks; read in <c>ngx_slab.c</c>. Exact: page counts,
/// placements, list orders, statistics. Approximated: a resize, which nginx does not have, takes the new block before it frees the old one; an
/// alignment is met by asking for at least that many bytes, and beyond one page is refused.
/// </summary>
public sealed class NginxSlabModel : IAllocatorModel
{
    private readonly KeyedPlaces<Block> _blocks = new();
    private readonly long _zoneBytes;
    private readonly int _pageBytes;
    private long _unusedBytes;

    public NginxSlabModel(SlabPool pool)
    {
        Pool = pool;
        _zoneBytes = pool.Geometry.ZoneBytes;
        _pageBytes = pool.Geometry.PageBytes;
    }

    public static AllocatorModelInfo Info { get; } = new(
        "nginx-slab",
        "nginx slab allocator, 1.7.2 and later, 64-bit",
        "placements, list orders and statistics exact; resize and alignment, which nginx lacks, approximated",
        "L is the bytes asked for; A is their slots and pages; " + NginxSettings.Counting,
        TakesCacheEvents: false,
        [NginxSettings.Zone, NginxSettings.Page, NginxSettings.Version],
        settings => new NginxSlabModel(NginxSettings.Pool(settings)))
    {
        Remedies = NginxSettings.Remedies,
    };

    public SlabPool Pool { get; }

    /// <summary>Blocks that the trace may still free: the live ones and those that were refused.</summary>
    internal int KnownBlocks => _blocks.Count;

    public HeapCounters Counters => new(
        Pool.GrantedBytes - _unusedBytes,
        Pool.GrantedBytes,
        _zoneBytes,
        Pool.ResidentBytes,
        Pool.FreeBytes,
        Pool.FreePageBytes);

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                return Outcome(Allocate(allocationEvent), allocationEvent.Bytes);
            case AllocationEventKind.Free:
                return new EventOutcome(Free(allocationEvent.Id) ? EventAnswer.Ok : EventAnswer.NotFound);
            case AllocationEventKind.Reallocate:
                return Outcome(Reallocate(allocationEvent), allocationEvent.Bytes);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout()
    {
        Dictionary<long, SlabContent> contents = new(_blocks.Count);
        foreach (int place in _blocks.All)
        {
            Block block = _blocks[place];
            if (block.IsPlaced)
                contents.Add(block.OffsetBytes, new SlabContent(
                    Pool.GrantedBytesAt(block.OffsetBytes) - block.UnusedBytes, block.Site));
        }

        return SlabLayout.Of(Pool, Counters, contents);
    }

    private static EventOutcome Outcome(long offsetBytes, long bytes) => offsetBytes < 0
        ? new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes)
        : new EventOutcome(EventAnswer.Ok, offsetBytes);

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    /// <returns>Offset of the block; negative when it was refused.</returns>
    private long Allocate(in AllocationEvent request)
    {
        CheckBytes(request);
        int place = _blocks.Find(request.Id);
        if (place != KeyedPlaces<Block>.None && _blocks[place].IsPlaced)
            throw new TraceException("the block is live already");

        Block block = Place(request, request.Site);
        if (place == KeyedPlaces<Block>.None)
            _blocks.Add(request.Id, block);
        else
            _blocks[place] = block;
        return block.IsPlaced ? block.OffsetBytes : -1;
    }

    /// <summary>Takes the new block before it frees the old one; a refusal changes nothing.</summary>
    /// <returns>Offset of the new block; negative when it was refused.</returns>
    private long Reallocate(in AllocationEvent request)
    {
        int place = _blocks.Find(request.Id);
        if (place == KeyedPlaces<Block>.None)
            throw new TraceException("the block is not live");

        CheckBytes(request);
        Block old = _blocks[place];
        Block block = Place(request, request.Site < 0 ? old.Site : request.Site);
        if (!block.IsPlaced)
            return -1;
        Release(old);
        _blocks[place] = block;
        return block.OffsetBytes;
    }

    /// <returns>Whether there was memory to free: a refused block has none.</returns>
    private bool Free(long id)
    {
        int place = _blocks.Remove(id);
        if (place == KeyedPlaces<Block>.None)
            throw new TraceException("the block is not live");
        Block block = _blocks[place];
        Release(block);
        return block.IsPlaced;
    }

    private static void CheckBytes(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
    }

    private Block Place(in AllocationEvent request, int site)
    {
        long grantedBefore = Pool.GrantedBytes;
        long offsetBytes = request.AlignmentBytes > _pageBytes
            ? -1
            : Pool.Allocate(Math.Max(request.Bytes, request.AlignmentBytes));
        if (offsetBytes < 0)
            return Block.Refused(site);
        long unusedBytes = Pool.GrantedBytes - grantedBefore - request.Bytes;
        _unusedBytes += unusedBytes;
        return Block.Placed(offsetBytes, unusedBytes, site);
    }

    private void Release(in Block block)
    {
        if (!block.IsPlaced)
            return;
        Pool.Free(block.OffsetBytes);
        _unusedBytes -= block.UnusedBytes;
    }

    /// <summary>
    /// A block of the trace, packed: the table of blocks is what the model waits for most. An offset is a multiple of 8
    /// below 2^40, and no more than one page is unused.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Block
    {
        private const int UnusedBits = 17;
        private const int OffsetShift = 3;

        private readonly long _place;

        private Block(long place, int site)
        {
            _place = place;
            Site = site;
        }

        /// <summary>The site that asked.</summary>
        public int Site { get; }

        public bool IsPlaced => _place >= 0;

        public long OffsetBytes => _place >> UnusedBits << OffsetShift;

        /// <summary>Granted bytes that were not asked for.</summary>
        public long UnusedBytes => _place & ((1L << UnusedBits) - 1);

        public static Block Placed(long offsetBytes, long unusedBytes, int site) =>
            new((offsetBytes >> OffsetShift << UnusedBits) | unusedBytes, site);

        public static Block Refused(int site) => new(-1, site);
    }
}
