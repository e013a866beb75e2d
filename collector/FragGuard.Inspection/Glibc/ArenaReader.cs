using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>Reads one arena: where its heaps are, and every chunk in them.</summary>
internal sealed class ArenaReader(
    IMemorySource memory, IReadOnlyList<MemoryMapping> mappings, Func<ulong, ulong, IReadOnlyList<PageResidence>> residence,
    ThreadHeaps heaps, ulong pageBytes, long mostChunks, long mostPages)
{
    private readonly byte[] _window = new byte[HeapMemory.WindowBytes];
    private int _knownLeft = 1_000_000;

    /// <summary>Runs that all heaps together may still keep: 4 bytes each.</summary>
    public long RunsLeft { get; private set; } = 32_000_000;

    /// <summary>Chunks that all heaps together may still keep one by one: 4 bytes each.</summary>
    public long ChunksLeft { get; private set; } = mostChunks;

    /// <summary>OS pages that all heaps together may still have: address space costs a forger nothing, and each page here 18 bytes.</summary>
    public long PagesLeft { get; private set; } = mostPages;

    public ThreadCaches Caches { get; private set; } = new();

    /// <summary>Null when the arena's record is none, or its heaps cannot be found.</summary>
    public ReadArena? TryRead(ulong address, MallocStateLayout layout, ThreadCaches caches)
    {
        if (MallocState.TryRead(memory, address, layout) is not { } state)
            return null;
        ulong? firstHeap = heaps.FirstHeapOf(address);
        IReadOnlyList<HeapRegion>? regions = firstHeap is { } first
            ? heaps.Of(state, first)
            : new MainHeap(new TouchedMemory(memory, residence, pageBytes), mappings, pageBytes).Of(state);
        if (regions is null || PagesOf(regions) > PagesLeft)
            return null;

        Caches = caches;
        Lazy<IReadOnlyList<ulong>> known = new(() => KnownChunks(state));
        ListCheck lists = new();
        for (int bin = 0; bin < MallocStateLayout.Bins; bin++)
            lists.Add(layout.HeadOf(address, bin), state.FirstOf(bin), state.LastOf(bin));
        List<ReadHeap> read = [];
        long runsLeft = RunsLeft;
        long chunksLeft = ChunksLeft;
        foreach (HeapRegion region in regions.OrderBy(region => region.Start))
        {
            ReadHeap heap = Read(region, state, runsLeft, chunksLeft, known);
            runsLeft -= heap.Runs?.Count ?? 0;
            chunksLeft = heap.Chunks is null ? 0 : chunksLeft - heap.Chunks.Count;
            lists.Add(heap.Walk.Lists);
            read.Add(heap);
        }

        bool isAll = read.Sum(heap => heap.Walk.ArenaBytes) == state.SystemBytes && read.All(heap => heap.Walk.UnparsedBytes == 0);
        return new ReadArena(state, firstHeap is null, read, lists.Holds && isAll);
    }

    public void Keep(ReadArena arena)
    {
        PagesLeft -= PagesOf(arena.Heaps.Select(heap => heap.Region));
        RunsLeft -= arena.Heaps.Sum(heap => heap.Runs?.Count ?? 0);
        ChunksLeft = arena.Heaps.All(heap => heap.Chunks is not null) ? ChunksLeft - arena.Heaps.Sum(heap => heap.Chunks!.Count) : 0;
    }

    private long PagesOf(IEnumerable<HeapRegion> regions) =>
        regions.Sum(region => (long)((region.End - (region.Start / pageBytes * pageBytes) + pageBytes - 1) / pageBytes));

    private ReadHeap Read(HeapRegion region, MallocState state, long runsLeft, long chunksLeft, Lazy<IReadOnlyList<ulong>> known)
    {
        ulong start = region.Start / pageBytes * pageBytes;
        IReadOnlyList<PageResidence> residenceOfPages = residence(start, region.End);
        HeapMemory heap = new(memory, _window, start, residenceOfPages, pageBytes);
        return TryReadStretches() ?? ReadWhole();

        ReadHeap ReadWhole()
        {
            HeapWalk walk = WalkInto(NewPages(), heap, region.Start, Caches, null, null);
            walk.Run();
            return Finished(walk);
        }

        ReadHeap? TryReadStretches()
        {
            int count = HeapStretches.CountOf(region);
            if (count == 1)
                return null;
            PageUses pages = NewPages();
            RunBudget runsOfAll = new(runsLeft);
            RunBudget chunksOfAll = new(chunksLeft);
            ThreadCaches[] caches = [.. Enumerable.Range(0, count).Select(_ => new ThreadCaches())];
            HeapMemory[] memories = [heap, .. Enumerable.Range(1, count - 1).Select(_ => heap.With(new byte[HeapMemory.WindowBytes]))];
            IReadOnlyList<HeapWalk>? walks = HeapStretches.TryWalk(
                region, state.Top, memories,
                (i, from) => WalkInto(pages, memories[i], from, caches[i], runsOfAll, chunksOfAll));
            if (walks is null)
                return null;
            foreach (HeapWalk walk in walks.Skip(1))
                walks[0].Append(walk);
            foreach (ThreadCaches each in caches)
                Caches.Append(each);
            return Finished(walks[0]);
        }

        PageUses NewPages()
        {
            PageUses pages = new(start, region.End, residenceOfPages, pageBytes);
            pages.Leave(start, region.Start);
            return pages;
        }

        HeapWalk WalkInto(PageUses pages, HeapMemory from, ulong at, ThreadCaches caches, RunBudget? runsOfAll, RunBudget? chunksOfAll) =>
            new(from, region, state.Top, pages, new RunList(at, runsLeft, shared: runsOfAll), caches)
            {
                KnownChunks = () => known.Value,
                Chunks = chunksLeft > 0 ? new(at, chunksLeft, joins: false, shared: chunksOfAll) : null,
            };

        ReadHeap Finished(HeapWalk walk) => new(region, heap, walk, walk.Pages, walk.Runs.Finish(), walk.Chunks?.Finish());
    }

    /// <summary>Addresses of free chunks from the arena's lists, in order: where a walk that lost its way goes on.</summary>
    private List<ulong> KnownChunks(MallocState state)
    {
        HashSet<ulong> known = [state.Top];
        for (int bin = 0; bin < MallocStateLayout.Bins; bin++)
        {
            ulong head = state.Layout.HeadOf(state.Address, bin);
            for (ulong at = state.FirstOf(bin); at != head && _knownLeft-- > 0;)
            {
                if (!MallocState.IsAddress(at) || at % 16 != 0 || !known.Add(at) || !memory.TryReadUInt64(at + 16, out at))
                    break;
            }
        }

        return [.. known.Order()];
    }
}
