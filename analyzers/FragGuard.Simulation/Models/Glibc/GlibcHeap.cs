using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// malloc and its relatives in one process, by address. The program break starts at 0, which counts as a multiple of every
/// alignment; arena k lies at k·64 GiB, its heaps 64 MiB apart; mappings lie from 2^62 on, 64 TiB apart. Callers hand back
/// only addresses they were given and still hold; nothing here checks that.
/// </summary>
internal sealed partial class GlibcHeap
{
    /// <summary>No address: the request was refused.</summary>
    public const long None = -1;

    private readonly Dictionary<long, GlibcThread> _threads = new();
    private readonly int _cacheCount;
    private Arena[] _arenas;
    private int _arenaCount = 1;
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

    /// <summary>malloc_trim(0).</summary>
    public void Trim()
    {
        for (int i = 0; i < _arenaCount; i++)
            _arenas[i].Trim();
    }

    /// <summary>The program writes the whole block it asked for, at least one byte.</summary>
    /// <param name="address">The block's address.</param>
    /// <param name="bytes">Requested bytes.</param>
    /// <param name="chunkWords">Words of its chunk; 0 for a mapping.</param>
    public void Touch(long address, long bytes, int chunkWords)
    {
        if (chunkWords == 0)
            Mapped.Touch(address, bytes);
        else
            _arenas[Arena.NumberOf(address)].Touch(Arena.ChunkAt(address), bytes);
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
        return address < 0 && _threads.Count > 1 ? OtherArena(arena, bytes).Allocate(words, _cache) : address;
    }

    /// <summary>Where a refused request is tried once more: the main arena, or the one a thread of that is attached to now.</summary>
    private Arena OtherArena(Arena refused, long bytes)
    {
        if (!refused.IsMain)
            return MainArena;
        _thread.Arena = null;
        return ArenaFor(bytes);
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
        Touch(address, bytes, ChunkWordsOf(address));
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
}
