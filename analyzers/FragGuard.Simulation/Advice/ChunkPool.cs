using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Blocks kept in chunks of one size that are never given back: a dropped block's chunks serve the next blocks. The
/// heap holds nothing but chunks of equal size, so wherever they lie none of it is unusable.
/// </summary>
internal sealed class ChunkPool : IAllocatorModel
{
    /// <summary>Payload of a chunk, below the large object threshold.</summary>
    public const long DefaultChunkBytes = 64 << 10;

    private const long HeaderBytes = 24;
    private const long MostBytes = 1L << 50;

    private readonly long _chunkBytes;
    private readonly LiveBlocks<long> _blocks = new();
    private long _requestedBytes;
    private long _usedChunks;
    private long _chunks;

    /// <param name="chunkBytes">Payload of one chunk.</param>
    public ChunkPool(long chunkBytes = DefaultChunkBytes) => _chunkBytes = chunkBytes;

    public HeapCounters Counters
    {
        get
        {
            long free = (_chunks - _usedChunks) * (_chunkBytes + HeaderBytes);
            long committed = _chunks * (_chunkBytes + HeaderBytes);
            return new HeapCounters(_requestedBytes, committed - free, committed, committed, free, free);
        }
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                return Take(allocationEvent);
            case AllocationEventKind.Free:
                GiveBack(allocationEvent.Id);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                GiveBack(allocationEvent.Id);
                return Take(allocationEvent);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout()
    {
        HeapCounters counters = Counters;
        return new HeapLayout(counters,
        [
            new(new Extent(0, counters.GrantedBytes), ExtentUse.Used, _requestedBytes),
            new(new Extent(counters.GrantedBytes, counters.FreeBytes), ExtentUse.Free),
        ]);
    }

    private EventOutcome Take(in AllocationEvent request)
    {
        if (request.Bytes is < 0 or > MostBytes)
            throw new TraceException("a block holds no such number of bytes");
        if (!_blocks.TryAdd(request.Id, request.Bytes))
            throw new TraceException("the block is live already");
        _requestedBytes += request.Bytes;
        _usedChunks += ChunksOf(request.Bytes);
        _chunks = Math.Max(_chunks, _usedChunks);
        return new EventOutcome(EventAnswer.Ok);
    }

    private void GiveBack(long id)
    {
        if (!_blocks.Remove(id, out long bytes))
            throw new TraceException("the block is not live");
        _requestedBytes -= bytes;
        _usedChunks -= ChunksOf(bytes);
    }

    private long ChunksOf(long bytes) => (bytes + _chunkBytes - 1) / _chunkBytes;
}
