using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>Takes the cached chunks out of the used ones, and tells what could be given back.</summary>
/// <param name="cached">Sorted.</param>
/// <param name="topUnitBytes">The unit in which the main heap shrinks.</param>
/// <param name="mappings">Where the process's break ends.</param>
internal sealed class SnapshotBuilder(CachedChunks cached, long topUnitBytes, IReadOnlyList<MemoryMapping> mappings)
{
    public ArenaSnapshot Build(ReadArena arena) => new(
        arena.State.Address, arena.IsMain, arena.State.AttachedThreads, arena.State.SystemBytes,
        [.. arena.Heaps.Select(Build)], arena.IsConsistent);

    private HeapSnapshot Build(ReadHeap heap)
    {
        HeapWalk walk = heap.Walk;
        ChunkCounts counts = new(
            walk.UsedChunkCount, walk.UsedBytes, walk.FreeChunkCount, walk.FreeBytes, 0, 0, 0, 0, walk.TopBytes, walk.MetadataBytes,
            walk.UnparsedBytes);
        CachedTally tally = default;
        ChunkRunCollection? runs = heap.Runs;
        CachedChunkCursor next = cached.From(heap.Region.Start);
        if (heap.Runs is { } before && next.IsBefore(heap.Region.End))
        {
            runs = Split(before, next, heap.Pages, ref tally);
        }
        else
        {
            ulong end = 0;
            for (; next.IsBefore(heap.Region.End); next.MoveNext())
            {
                CachedChunk chunk = next.Current;
                if (chunk.Start < end)
                    continue;
                Count(chunk, heap.Pages, ref tally);
                end = chunk.Start + chunk.Bytes;
            }
        }

        return new HeapSnapshot(
            heap.Region.Start, walk.ArenaBytes, heap.Pages, runs, counts.WithCached(tally),
            TrimEstimate.Of(runs, heap.Pages, CanShrink(heap.Region) ? topUnitBytes : 0))
        {
            Chunks = heap.Chunks,
        };
    }

    /// <summary>The runs without the cached chunks in them. A part that has none stays as it is; the room of others is filled anew.</summary>
    private static ChunkRunCollection? Split(ChunkRunCollection before, CachedChunkCursor next, PageUses pages, ref CachedTally tally)
    {
        Stack<uint[]> spent = [];
        RunList split = new(before.Start, long.MaxValue, spare: spent);
        foreach (RunPart part in before.Parts)
        {
            if (!next.IsBefore(part.End))
            {
                split.Add(part);
                continue;
            }

            using ChunkRunCursor runs = new([part]);
            while (runs.MoveNext())
                Split(runs.Current, next, split, pages, ref tally);
            spent.Push(part.Entries);
        }

        return split.Finish();
    }

    /// <summary>Adds a run without the cached chunks in it; what claims to be cached elsewhere than in a used run is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split(ChunkRun run, CachedChunkCursor next, RunList runs, PageUses pages, ref CachedTally tally)
    {
        ulong at = run.Start;
        for (; next.IsBefore(run.End); next.MoveNext())
        {
            CachedChunk chunk = next.Current;
            ulong end = chunk.Start + chunk.Bytes;
            if (run.Use != ChunkUse.Used || chunk.Start < at || end > run.End)
                continue;
            runs.Add(at, (long)(chunk.Start - at), ChunkUse.Used);
            runs.Add(chunk.Start, (long)chunk.Bytes, chunk.Use);
            Count(chunk, pages, ref tally);
            at = end;
        }

        runs.Add(at, (long)(run.End - at), run.Use);
    }

    private static void Count(CachedChunk chunk, PageUses pages, ref CachedTally tally)
    {
        tally.Add(chunk);
        pages.AddCached(chunk.Start, chunk.Bytes);
    }

    /// <summary>glibc shrinks only the end of the break, and only where nobody else took memory behind its own.</summary>
    private bool CanShrink(HeapRegion region) => region.IsMain && mappings.Any(mapping =>
        mapping.End == region.End && string.Equals(mapping.Path, MainHeap.BreakName, StringComparison.Ordinal));
}
