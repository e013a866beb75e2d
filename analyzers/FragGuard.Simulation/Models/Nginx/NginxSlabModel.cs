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
    private readonly LiveBlocks<Block> _blocks = new();
    private long _unusedBytes;

    public NginxSlabModel(SlabPool pool) => Pool = pool;

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
        Pool.Geometry.ZoneBytes,
        Pool.ResidentBytes,
        Pool.FreeBytes,
        Pool.FreePageBytes);

    public EventOutcome Apply(in AllocationEvent allocationEvent) => allocationEvent.Kind switch
    {
        AllocationEventKind.Allocate => Allocate(allocationEvent),
        AllocationEventKind.Free => Free(allocationEvent.Id),
        AllocationEventKind.Reallocate => Reallocate(allocationEvent),
        _ => new EventOutcome(EventAnswer.Ignored),
    };

    public HeapLayout Layout()
    {
        Dictionary<long, SlabContent> contents = new(_blocks.Count);
        foreach (KeyValuePair<long, Block> live in _blocks.All)
        {
            if (live.Value.IsPlaced)
                contents.Add(live.Value.OffsetBytes, new SlabContent(
                    Pool.GrantedBytesAt(live.Value.OffsetBytes) - live.Value.UnusedBytes, live.Value.Site));
        }

        return SlabLayout.Of(Pool, Counters, contents);
    }

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    private EventOutcome Allocate(in AllocationEvent request)
    {
        long bytes = CheckedBytes(request);
        if (!_blocks.TryAdd(request.Id, Block.Refused(request.Site)))
        {
            if (_blocks[request.Id].IsPlaced)
                throw new TraceException("the block is live already");
            _blocks[request.Id] = Block.Refused(request.Site);
        }

        Block block = Place(request, request.Site);
        if (!block.IsPlaced)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes);
        _blocks[request.Id] = block;
        return new EventOutcome(EventAnswer.Ok, block.OffsetBytes);
    }

    /// <summary>Takes the new block before it frees the old one; a refusal changes nothing.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_blocks.TryGet(request.Id, out Block old))
            throw new TraceException("the block is not live");

        long bytes = CheckedBytes(request);
        Block block = Place(request, request.Site < 0 ? old.Site : request.Site);
        if (!block.IsPlaced)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes);
        Release(old);
        _blocks[request.Id] = block;
        return new EventOutcome(EventAnswer.Ok, block.OffsetBytes);
    }

    private EventOutcome Free(long id)
    {
        if (!_blocks.Remove(id, out Block block))
            throw new TraceException("the block is not live");
        Release(block);
        return new EventOutcome(block.IsPlaced ? EventAnswer.Ok : EventAnswer.NotFound);
    }

    private static long CheckedBytes(in AllocationEvent request) => request.Bytes >= 0
        ? request.Bytes
        : throw new TraceException("a block holds no negative number of bytes");

    private Block Place(in AllocationEvent request, int site)
    {
        long grantedBefore = Pool.GrantedBytes;
        long offsetBytes = request.AlignmentBytes > Pool.Geometry.PageBytes
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
