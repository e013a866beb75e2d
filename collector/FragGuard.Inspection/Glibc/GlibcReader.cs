using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>Reads all arenas of a process from its memory. Reads of a process that goes on are repeated a few times.</summary>
internal sealed class GlibcReader
{
    private const int Attempts = 4;

    private readonly IMemorySource _memory;

    /// <summary>For what may lead anywhere, and for data that nobody may have touched.</summary>
    private readonly TouchedMemory _touched;
    private readonly IReadOnlyList<MemoryMapping> _mappings;
    private readonly Func<ulong, ulong, IReadOnlyList<PageResidence>> _residence;
    private readonly ulong _pageBytes;
    private readonly ThreadHeaps _heaps;
    private readonly long _mostChunks;

    /// <param name="memory">The process.</param>
    /// <param name="mappings">Its mappings.</param>
    /// <param name="residence">One entry for each page from the first address to the second.</param>
    /// <param name="pageBytes">Bytes of an OS page.</param>
    /// <param name="mostChunks">Up to so many chunks are kept one by one.</param>
    public GlibcReader(
        IMemorySource memory, IReadOnlyList<MemoryMapping> mappings,
        Func<ulong, ulong, IReadOnlyList<PageResidence>> residence, ulong pageBytes, long mostChunks = 0)
    {
        _mostChunks = mostChunks;
        _memory = memory;
        _mappings = mappings;
        _residence = residence;
        _pageBytes = pageBytes;
        _touched = new TouchedMemory(memory, residence, pageBytes);
        _heaps = new ThreadHeaps(_touched, pageBytes);
    }

    /// <summary>OS pages of all heaps together; an arena with more counts as one that could not be read. 128 GiB.</summary>
    public long MostPages { get; init; } = 1L << 25;

    /// <summary>Null when the process has no arenas of glibc.</summary>
    public GlibcSnapshot? Read()
    {
        if (new ArenaRing(_touched, _mappings, _heaps).Find() is not { } ring)
            return null;
        ArenaReader reader = new(_memory, _mappings, _residence, _heaps, _pageBytes, _mostChunks, MostPages);
        List<ReadArena> arenas = [];
        List<ThreadCaches> caches = [];
        int unread = 0;
        foreach (ulong address in ring.Arenas)
        {
            if (ReadOne(reader, address, ring.Layout) is not { } read)
            {
                unread += HoldsMemory(address, ring.Layout) ? 1 : 0;
                continue;
            }

            arenas.Add(read.Arena);
            caches.Add(read.Caches);
            reader.Keep(read.Arena);
        }

        if (arenas.Count == 0)
            return null;
        MallocParameters? parameters = Parameters(arenas);
        CachedLists lists = new(_memory, new HeapIndex(arenas.SelectMany(arena => arena.Heaps).Select(heap => heap.InMemory)), new CachedChunks());
        Follow(arenas, caches, lists);
        lists.Chunks.Sort();
        SnapshotBuilder builder = new(lists.Chunks, TopUnit(parameters), _mappings);
        return new GlibcSnapshot(
            ring.Layout.Versions, [.. arenas.Select(builder.Build)], unread,
            MappedChunks.Find(_memory, _mappings, _residence, parameters, _pageBytes),
            parameters?.MappedChunks, parameters?.MappedBytes,
            caches.Sum(each => each.Filled), lists.BrokenLists, parameters?.ArenaMax);
    }

    private static (ReadArena Arena, ThreadCaches Caches)? ReadOne(ArenaReader reader, ulong address, MallocStateLayout layout)
    {
        (ReadArena Arena, ThreadCaches Caches)? best = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ThreadCaches caches = new();
            if (reader.TryRead(address, layout, caches) is not { } read)
                continue;
            if (best is null || read.IsConsistent || read.UnparsedBytes < best.Value.Arena.UnparsedBytes)
                best = (read, caches);
            if (read.IsConsistent)
                break;
        }

        return best;
    }

    /// <summary>False for a main arena that nobody used yet: it is not set up.</summary>
    private bool HoldsMemory(ulong arena, MallocStateLayout layout) =>
        !_memory.TryReadUInt64(arena + (ulong)layout.SystemBytesAt, out ulong bytes) || bytes > 0;

    private void Follow(IReadOnlyList<ReadArena> arenas, IReadOnlyList<ThreadCaches> caches, CachedLists lists)
    {
        foreach (ReadArena arena in arenas)
        {
            for (int bin = 0; bin < arena.State.Layout.FastBins; bin++)
                lists.Follow(arena.State.FastBin(bin), CachedListForm.OfFastBin(bin));
        }

        foreach (ThreadCaches each in caches)
            each.Follow(_memory, lists);
    }

    private MallocParameters? Parameters(IReadOnlyList<ReadArena> arenas)
    {
        ReadArena? main = arenas.FirstOrDefault(arena => arena.IsMain);
        MemoryMapping? data = main is null ? null : _mappings.FirstOrDefault(mapping => mapping.Contains(main.State.Address));
        if (main is null || data is null || main.Heaps.Count == 0)
            return null;
        ulong first = main.Heaps[0].Region.Start;
        MemoryMapping? home = _mappings.FirstOrDefault(mapping => mapping.Contains(first));
        return MallocParameters.Find(
            _touched, data, main.State.Layout, start => home is not null && start >= home.Start && start <= first);
    }

    private long TopUnit(MallocParameters? parameters) =>
        parameters is { HugePageBytes: > 0 } huge ? huge.HugePageBytes : (long)_pageBytes;
}
