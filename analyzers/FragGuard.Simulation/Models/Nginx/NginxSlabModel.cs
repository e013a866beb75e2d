using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// A zone of nginx's slab allocator, 1.11.7 and later, used for blocks. Exact: page counts, placements, list orders,
/// statistics. Approximated: a resize, which nginx does not have, takes the new block before it frees the old one; an
/// alignment is met by asking for at least that many bytes, and beyond one page is refused.
/// </summary>
public sealed class NginxSlabModel : IAllocatorModel
{
    private const long NotPlaced = -1;

    private readonly Dictionary<long, Block> _blocks = new();
    private long _liveBytes;

    public NginxSlabModel(SlabPool pool) => Pool = pool;

    public static AllocatorModelInfo Info { get; } = new(
        "nginx-slab",
        "nginx slab allocator, 1.11.7 and later, 64-bit",
        "placements, list orders and statistics exact; resize and alignment, which nginx lacks, approximated",
        "L is the bytes asked for; A is their slots and pages; " + NginxSettings.Counting,
        TakesCacheEvents: false,
        [NginxSettings.Zone, NginxSettings.Page],
        settings => new NginxSlabModel(NginxSettings.Pool(settings)))
    {
        Remedies = NginxSettings.Remedies,
    };

    public SlabPool Pool { get; }

    public HeapCounters Counters => new(
        _liveBytes,
        Pool.GrantedBytes,
        Pool.Geometry.ZoneBytes,
        Pool.ResidentBytes,
        Pool.FreeBytes,
        (long)Pool.FreePages << Pool.Geometry.PageShift);

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
        foreach (Block block in _blocks.Values)
        {
            if (block.OffsetBytes != NotPlaced)
                contents.Add(block.OffsetBytes, new SlabContent(block.Bytes, block.Site));
        }

        return SlabLayout.Of(Pool, Counters, contents);
    }

    private EventOutcome Allocate(in AllocationEvent request)
    {
        if (_blocks.TryGetValue(request.Id, out Block block) && block.OffsetBytes != NotPlaced)
            throw new TraceException("the block is live already");
        return Place(request);
    }

    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_blocks.TryGetValue(request.Id, out Block old))
            throw new TraceException("the block is not live");

        EventOutcome outcome = Place(request.Site < 0 ? request with { Site = old.Site } : request);
        if (outcome.Answer == EventAnswer.NoMemory)
            _blocks[request.Id] = old;
        else
            Release(old);
        return outcome;
    }

    private EventOutcome Free(long id)
    {
        if (!_blocks.TryGetValue(id, out Block block))
            throw new TraceException("the block is not live");
        _blocks.Remove(id);
        Release(block);
        return new EventOutcome(block.OffsetBytes == NotPlaced ? EventAnswer.NotFound : EventAnswer.Ok);
    }

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    private EventOutcome Place(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
        long offsetBytes = request.AlignmentBytes > Pool.Geometry.PageBytes
            ? NotPlaced
            : Pool.Allocate(Math.Max(request.Bytes, request.AlignmentBytes));
        _blocks[request.Id] = new Block(offsetBytes, request.Bytes, request.Site);
        if (offsetBytes == NotPlaced)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        _liveBytes += request.Bytes;
        return new EventOutcome(EventAnswer.Ok, offsetBytes);
    }

    private void Release(in Block block)
    {
        if (block.OffsetBytes == NotPlaced)
            return;
        Pool.Free(block.OffsetBytes);
        _liveBytes -= block.Bytes;
    }

    /// <param name="OffsetBytes">Where the block is, or −1 when it was refused.</param>
    /// <param name="Bytes">Requested bytes.</param>
    /// <param name="Site">The site that asked.</param>
    private readonly record struct Block(long OffsetBytes, long Bytes, int Site);
}
