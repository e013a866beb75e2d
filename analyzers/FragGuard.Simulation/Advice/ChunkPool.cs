using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Blocks kept in chunks of one size that are never given back: a dropped block's chunks serve the next blocks. Chunks
/// are small objects of equal size, so the heap holds nothing but chunks.
/// </summary>
internal sealed class ChunkPool : IAllocatorModel
{
    /// <summary>Payload of a chunk, below the large object threshold.</summary>
    public const long ChunkBytes = 64 << 10;

    private const long HeaderBytes = 24;

    private readonly Dictionary<long, long> _blocks = new();
    private long _requestedBytes;
    private long _usedChunks;
    private long _chunks;

    public HeapCounters Counters
    {
        get
        {
            long free = (_chunks - _usedChunks) * (ChunkBytes + HeaderBytes);
            long committed = _chunks * (ChunkBytes + HeaderBytes);
            return new HeapCounters(_requestedBytes, committed - free, committed, committed, free, free);
        }
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                _blocks.Add(allocationEvent.Id, allocationEvent.Bytes);
                _requestedBytes += allocationEvent.Bytes;
                _usedChunks += ChunksOf(allocationEvent.Bytes);
                _chunks = Math.Max(_chunks, _usedChunks);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Free:
                long bytes = _blocks[allocationEvent.Id];
                _blocks.Remove(allocationEvent.Id);
                _requestedBytes -= bytes;
                _usedChunks -= ChunksOf(bytes);
                return new EventOutcome(EventAnswer.Ok);
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

    private static long ChunksOf(long bytes) => (bytes + ChunkBytes - 1) / ChunkBytes;
}
