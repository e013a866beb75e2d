using System;
using System.Collections.Generic;
using System.Linq;

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
    private Arena[] _arenas;
    private int _arenaCount = 1;
    private readonly int _cacheCount;
    private GlibcThread _thread;
    private ThreadCache? _cache;
    private int _nextToShare;

    public GlibcHeap(GlibcRules rules, GlibcTunables tunables)
    {
        Memory = new ProcessMemory(rules, tunables);
        Mapped = Memory.Mapped;
        _cacheCount = tunables.CacheCount;
        _arenas = [new Arena(Memory, 0)];
        _thread = new GlibcThread { Arena = _arenas[0] };
        _threads.Add(0, _thread);
    }

    public ProcessMemory Memory { get; }

    public MappedChunks Mapped { get; }

    /// <summary>The arenas in the order they were made, the main one first.</summary>
    public IEnumerable<Arena> Arenas => _arenas.Take(_arenaCount);

    public Arena MainArena => _arenas[0];

    public IReadOnlyCollection<GlibcThread> Threads => _threads.Values;

    /// <summary>Bytes of the chunk that holds a thread's cache.</summary>
    public long CacheChunkBytes => ChunkSizes.OfRequest(Memory.Rules.CacheBytes) << ChunkSizes.WordShift;

    /// <summary>The following calls come from this thread; 0 is the one that started the program.</summary>
    public void SwitchTo(long thread)
    {
        if (_threads.TryGetValue(thread, out GlibcThread? known))
        {
            _thread = known;
        }
        else
        {
            _thread = new GlibcThread();
            _threads.Add(thread, _thread);
        }

        _cache = _thread.Cache;
    }

    /// <summary>malloc.</summary>
    /// <param name="bytes">Requested bytes, not negative.</param>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long Allocate(long bytes) => Allocate(bytes, out _);

    /// <summary>malloc.</summary>
    /// <param name="bytes">Requested bytes, not negative.</param>
    /// <param name="chunkWords">Words of the block's chunk; 0 for a mapping.</param>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long Allocate(long bytes, out int chunkWords)
    {
        long words = ChunkSizes.OfRequest(bytes);
        ThreadCache? cache = _cache ?? MakeCache();
        if (cache is not null && words <= ChunkSizes.MaxCachedWords)
        {
            int bin = ChunkSizes.CacheBinOf((int)words);
            if (cache.Serves(bin))
            {
                chunkWords = (int)words;
                return cache.Pop(bin);
            }
        }

        long address = AllocateFromArena(bytes, words);
        chunkWords = ChunkWordsOf(address);
        return address;
    }

    /// <summary>calloc.</summary>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long AllocateZeroed(long bytes)
    {
        if (Memory.Rules.ZeroedLooksIntoCache)
            return Allocate(bytes);
        if (_cache is null)
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
        long address = arena.AllocateAligned(words, alignment, _cache);
        return address < 0 && !arena.IsMain
            ? _arenas[0].AllocateAligned(words, alignment, _cache)
            : address;
    }

    /// <summary>free.</summary>
    public void Free(long address) => Free(address, ChunkWordsOf(address));

    /// <summary>free.</summary>
    /// <param name="address">The block's address.</param>
    /// <param name="chunkWords">Words of its chunk; 0 for a mapping.</param>
    public void Free(long address, int chunkWords)
    {
        if (chunkWords == 0)
        {
            Memory.LearnFrom(Mapped.ChunkBytesOf(address));
            Mapped.Unmap(address);
            return;
        }

        ThreadCache? cache = _cache ?? MakeCache();
        int bin = ChunkSizes.CacheBinOf(chunkWords);
        if (cache is not null && cache.Takes(bin))
            cache.Push(bin, address);
        else
            _arenas[Arena.NumberOf(address)].FreePastCache(Arena.ChunkAt(address), chunkWords);
    }

    /// <summary>realloc to at least one byte.</summary>
    /// <returns>Address of the block, or <see cref="None"/>; the old block stays then.</returns>
    public long Reallocate(long address, long bytes)
    {
        if (Memory.Rules.ResizeFillsUsableBytes && FillsUsableBytes(address, bytes))
            return address;
        if (MappedChunks.Holds(address))
            return ReallocateMapped(address, bytes);

        ThreadCache? cache = _cache ?? MakeCache();
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
        for (int i = 0; i < _arenaCount; i++)
            _arenas[i].Trim();
    }

    /// <summary>The program writes the whole block it asked for, at least one byte.</summary>
    public void Touch(long address, long bytes)
    {
        if (MappedChunks.Holds(address))
            Mapped.Touch(address, bytes);
        else
            _arenas[Arena.NumberOf(address)].Touch(Arena.ChunkAt(address), Math.Max(1, bytes));
    }

    /// <summary>Words of the chunk of a block; 0 for a mapping or no block.</summary>
    public int ChunkWordsOf(long address) => address < 0 || MappedChunks.Holds(address)
        ? 0
        : _arenas[Arena.NumberOf(address)].WordsOf(Arena.ChunkAt(address));

    /// <summary>Bytes the program asked for.</summary>
    public long RequestedBytesOf(in GlibcBlock block) => block.ChunkWords == 0
        ? Mapped.RequestedBytesOf(block.Address)
        : block.RequestedBytes;

    /// <summary>Bytes set aside for a block, its header included: the whole mapping of a mapped one.</summary>
    public long GrantedBytesOf(in GlibcBlock block) => block.ChunkWords == 0
        ? Mapped.BytesOf(block.Address)
        : (long)block.ChunkWords << ChunkSizes.WordShift;

    private long AllocateFromArena(long bytes, long words)
    {
        Arena arena = ArenaFor(bytes);
        long address = arena.Allocate(words, _cache);
        return address < 0 && !arena.IsMain ? _arenas[0].Allocate(words, _cache) : address;
    }

    private long ReallocateMapped(long address, long bytes)
    {
        long chunkBytes = ChunkSizes.OfRequest(bytes) << ChunkSizes.WordShift;
        if (chunkBytes > 0 && Mapped.Remap(address, chunkBytes))
            return address;
        long usableBytes = Mapped.ChunkBytesOf(address) - ChunkSizes.WordBytes;
        if (chunkBytes > 0 && usableBytes >= chunkBytes)
            return address;
        long moved = Allocate(bytes);
        if (moved >= 0)
            Mapped.Unmap(address);
        return moved;
    }

    private bool FillsUsableBytes(long address, long bytes)
    {
        bool isMapped = MappedChunks.Holds(address);
        long usableBytes = isMapped
            ? Mapped.ChunkBytesOf(address) - ChunkSizes.HeaderBytes
            : ((long)ChunkWordsOf(address) << ChunkSizes.WordShift) - ChunkSizes.WordBytes;
        long spareBytes = usableBytes - bytes;
        return spareBytes >= 0
            && (spareBytes < ChunkSizes.HeaderBytes || (isMapped && spareBytes <= ResidentPages.PageBytes));
    }

    private long TakeAlignedFromCache(long words, long alignment)
    {
        if (_cache is null || words > ChunkSizes.MaxCachedWords)
            return None;
        int bin = ChunkSizes.CacheBinOf((int)words);
        for (int depth = 0; depth < _cache.CountOf(bin); depth++)
        {
            if ((_cache.Peek(bin, depth) & (alignment - 1)) == 0)
                return _cache.TakeAt(bin, depth);
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
        Memory.OwnBytes += MappedChunks.Holds(address) ? Mapped.BytesOf(address) : CacheChunkBytes;
        _thread.CacheAddress = address;
        return _cache = _thread.Cache = new ThreadCache(_cacheCount);
    }

    /// <summary>
    /// The thread's arena. A thread without one gets a new one while the limit allows, then shares: the main one first,
    /// then the others from the newest to the oldest, and around again.
    /// </summary>
    private Arena ArenaFor(long bytes)
    {
        if (_thread.Arena is Arena arena)
            return arena;
        if (_arenaCount < Memory.Tunables.ArenaLimit)
        {
            arena = new Arena(Memory, _arenaCount);
            arena.Open(bytes);
            if (_arenaCount == _arenas.Length)
                Array.Resize(ref _arenas, _arenaCount * 2);
            _arenas[_arenaCount++] = arena;
        }
        else
        {
            arena = _arenas[_nextToShare];
            _nextToShare = (_nextToShare == 0 ? _arenaCount : _nextToShare) - 1;
        }

        return _thread.Arena = arena;
    }

    private static long Saturated(long bytes, long alignmentBytes)
    {
        const long spareBytes = ChunkSizes.MinWords * ChunkSizes.WordBytes;
        return bytes > long.MaxValue - alignmentBytes - spareBytes ? long.MaxValue : bytes + alignmentBytes + spareBytes;
    }
}
