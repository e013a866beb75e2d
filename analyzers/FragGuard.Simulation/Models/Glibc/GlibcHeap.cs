using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// malloc and its relatives in one process, by address. The program break starts at 0, which counts as a multiple of every
/// alignment; arena k lies at k·64 GiB, its heaps 64 MiB apart; mappings lie from 2^62 on, 64 TiB apart. Callers hand back
/// only addresses they were given and still hold; nothing here checks that.
/// </summary>
internal sealed class GlibcHeap
{
    /// <summary>No address: the request was refused.</summary>
    public const long None = -1;

    private readonly Dictionary<long, GlibcThread> _threads = new();
    private readonly List<Arena> _arenas = new();
    private readonly int _cacheCount;
    private GlibcThread _thread;
    private int _nextToShare;

    public GlibcHeap(GlibcRules rules, GlibcTunables tunables)
    {
        Memory = new ProcessMemory(rules, tunables);
        _cacheCount = tunables.CacheCount;
        _arenas.Add(new Arena(Memory, 0));
        _thread = new GlibcThread { Arena = _arenas[0] };
        _threads.Add(0, _thread);
    }

    public ProcessMemory Memory { get; }

    /// <summary>The arenas in the order they were made, the main one first.</summary>
    public IReadOnlyList<Arena> Arenas => _arenas;

    public IReadOnlyCollection<GlibcThread> Threads => _threads.Values;

    /// <summary>Bytes of the chunk that holds a thread's cache.</summary>
    public long CacheChunkBytes => ChunkSizes.OfRequest(Memory.Rules.CacheBytes) << ChunkSizes.WordShift;

    /// <summary>C: bytes held from the system.</summary>
    public long CommittedBytes => Memory.ArenaBytes + Memory.Mapped.Bytes;

    /// <summary>R: bytes of the pages written to and not given back.</summary>
    public long ResidentBytes =>
        (Memory.ArenaResidentPages + Memory.Mapped.ResidentPageCount) * ResidentPages.PageBytes;

    /// <summary>The following calls come from this thread; 0 is the one that started the program.</summary>
    public void SwitchTo(long thread)
    {
        if (_threads.TryGetValue(thread, out GlibcThread? known))
        {
            _thread = known;
            return;
        }

        _thread = new GlibcThread();
        _threads.Add(thread, _thread);
    }

    /// <summary>malloc.</summary>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long Allocate(long bytes)
    {
        long words = ChunkSizes.OfRequest(bytes);
        ThreadCache? cache = _thread.Cache ?? MakeCache();
        if (cache is not null && words <= ChunkSizes.SmallLimitWords + 2)
        {
            int bin = ChunkSizes.CacheBinOf((int)words);
            if (cache.Serves(bin))
                return cache.Pop(bin);
        }

        return AllocateFromArena(bytes, words);
    }

    /// <summary>calloc.</summary>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long AllocateZeroed(long bytes)
    {
        if (Memory.Rules.ZeroedLooksIntoCache)
            return Allocate(bytes);
        if (_thread.Cache is null)
            MakeCache();
        return AllocateFromArena(bytes, ChunkSizes.OfRequest(bytes));
    }

    /// <summary>memalign.</summary>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long AllocateAligned(long bytes, long alignmentBytes)
    {
        if (alignmentBytes <= ChunkSizes.HeaderBytes)
            return Allocate(bytes);
        long alignment = 2L * ChunkSizes.HeaderBytes;
        while (alignment < alignmentBytes)
            alignment <<= 1;
        long words = ChunkSizes.OfRequest(bytes);
        if (Memory.Rules.AlignedLooksIntoCache && TakeAlignedFromCache(words, alignment) is long cached and >= 0)
            return cached;

        Arena arena = ArenaFor(Saturated(bytes, alignment));
        long address = arena.AllocateAligned(words, alignment, _thread.Cache);
        return address < 0 && !arena.IsMain
            ? _arenas[0].AllocateAligned(words, alignment, _thread.Cache)
            : address;
    }

    /// <summary>free.</summary>
    public void Free(long address)
    {
        if (MappedChunks.Holds(address))
        {
            Memory.LearnFrom(Memory.Mapped.ChunkBytesOf(address));
            Memory.Mapped.Unmap(address);
            return;
        }

        ThreadCache? cache = _thread.Cache ?? MakeCache();
        _arenas[Arena.NumberOf(address)].Free(Arena.ChunkAt(address), cache);
    }

    /// <summary>realloc to at least one byte.</summary>
    /// <returns>Address of the block, or <see cref="None"/>; the old block stays then.</returns>
    public long Reallocate(long address, long bytes)
    {
        if (Memory.Rules.ResizeFillsUsableBytes && FillsUsableBytes(address, bytes))
            return address;
        if (MappedChunks.Holds(address))
            return ReallocateMapped(address, bytes);

        ThreadCache? cache = _thread.Cache ?? MakeCache();
        Arena arena = _arenas[Arena.NumberOf(address)];
        long moved = arena.Reallocate(Arena.ChunkAt(address), ChunkSizes.OfRequest(bytes), cache);
        if (moved >= 0 || _threads.Count == 1)
            return moved;
        moved = Allocate(bytes);
        if (moved >= 0)
            arena.Free(Arena.ChunkAt(address), cache);
        return moved;
    }

    /// <summary>malloc_trim(0).</summary>
    public void Trim()
    {
        foreach (Arena arena in _arenas)
            arena.Trim();
    }

    /// <summary>The program writes the whole block it asked for, at least one byte.</summary>
    public void Touch(long address, long bytes)
    {
        if (MappedChunks.Holds(address))
            Memory.Mapped.Touch(address, bytes);
        else
            _arenas[Arena.NumberOf(address)].Touch(Arena.ChunkAt(address), Math.Max(1, bytes));
    }

    /// <summary>Bytes set aside for a block, its header included: the whole mapping of a mapped one.</summary>
    public long GrantedBytesOf(long address) => MappedChunks.Holds(address)
        ? Memory.Mapped.BytesOf(address)
        : (long)_arenas[Arena.NumberOf(address)].WordsOf(Arena.ChunkAt(address)) << ChunkSizes.WordShift;

    /// <summary>Where the bytes begin that are set aside for a block.</summary>
    public static long StartOf(long address) => MappedChunks.Holds(address)
        ? MappedChunks.StartOfMapping(address)
        : address - ChunkSizes.HeaderBytes;

    private long AllocateFromArena(long bytes, long words)
    {
        Arena arena = ArenaFor(bytes);
        long address = arena.Allocate(words, _thread.Cache);
        return address < 0 && !arena.IsMain ? _arenas[0].Allocate(words, _thread.Cache) : address;
    }

    private long ReallocateMapped(long address, long bytes)
    {
        long chunkBytes = ChunkSizes.OfRequest(bytes) << ChunkSizes.WordShift;
        if (chunkBytes > 0 && Memory.Mapped.Remap(address, chunkBytes))
            return address;
        long usableBytes = Memory.Mapped.ChunkBytesOf(address) - ChunkSizes.WordBytes;
        if (chunkBytes > 0 && usableBytes >= chunkBytes)
            return address;
        long moved = Allocate(bytes);
        if (moved >= 0)
            Memory.Mapped.Unmap(address);
        return moved;
    }

    private bool FillsUsableBytes(long address, long bytes)
    {
        bool isMapped = MappedChunks.Holds(address);
        long usableBytes = isMapped
            ? Memory.Mapped.ChunkBytesOf(address) - ChunkSizes.HeaderBytes
            : GrantedBytesOf(address) - ChunkSizes.WordBytes;
        long spareBytes = usableBytes - bytes;
        return spareBytes >= 0
            && (spareBytes < ChunkSizes.HeaderBytes || (isMapped && spareBytes <= ResidentPages.PageBytes));
    }

    private long TakeAlignedFromCache(long words, long alignment)
    {
        if (_thread.Cache is null || words > ChunkSizes.SmallLimitWords + 2)
            return None;
        int bin = ChunkSizes.CacheBinOf((int)words);
        for (int depth = 0; depth < _thread.Cache.CountOf(bin); depth++)
        {
            if ((_thread.Cache.Peek(bin, depth) & (alignment - 1)) == 0)
                return _thread.Cache.TakeAt(bin, depth);
        }

        return None;
    }

    /// <summary>A thread's first call makes its cache, from its arena.</summary>
    /// <returns>Null when there is no memory for one.</returns>
    private ThreadCache? MakeCache()
    {
        int bytes = Memory.Rules.CacheBytes;
        Arena arena = ArenaFor(bytes);
        long address = arena.Allocate(ChunkSizes.OfRequest(bytes), cache: null);
        if (address < 0)
            return null;
        Touch(address, bytes);
        Memory.OwnBytes += GrantedBytesOf(address);
        _thread.CacheAddress = address;
        return _thread.Cache = new ThreadCache(_cacheCount);
    }

    /// <summary>
    /// The thread's arena. A thread without one gets a new one while the limit allows, then shares: the main one first,
    /// then the others from the newest to the oldest, and around again.
    /// </summary>
    private Arena ArenaFor(long bytes)
    {
        if (_thread.Arena is Arena arena)
            return arena;
        if (_arenas.Count < Memory.Tunables.ArenaLimit)
        {
            arena = new Arena(Memory, _arenas.Count);
            arena.Open(bytes);
            _arenas.Add(arena);
        }
        else
        {
            arena = _arenas[_nextToShare];
            _nextToShare = (_nextToShare == 0 ? _arenas.Count : _nextToShare) - 1;
        }

        return _thread.Arena = arena;
    }

    private static long Saturated(long bytes, long alignmentBytes)
    {
        const long spareBytes = ChunkSizes.MinWords * ChunkSizes.WordBytes;
        return bytes > long.MaxValue - alignmentBytes - spareBytes ? long.MaxValue : bytes + alignmentBytes + spareBytes;
    }
}
