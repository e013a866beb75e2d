using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// The memory of one Lua state of LuaJIT 2.0 to 2.1, 64-bit Linux (<c>lj_alloc.c</c>, read at luajit2 v2.1-20240314), as
/// its allocation function serves it. The heap starts as <c>lj_alloc_create</c> leaves it, without what the state itself
/// allocates.
/// <para>Exact: every chunk, split, merge, bin and tree, when segments are added, joined, trimmed and released, which
/// blocks are mappings of their own; so every address within a segment. Approximated: where the operating system puts
/// mappings (an address space of its own, as Linux fills one); an alignment above 8, which there is no call for, is not
/// looked at; all committed bytes count as resident; memory ends at 2^46 bytes.</para>
/// <para>A block of no bytes is no block. A block resized to none is freed and may grow again.</para>
/// </summary>
public sealed class LuaJitModel : IAllocatorModel
{
    private const int Nowhere = 0;
    private const int Refused = -1;

    private readonly LuaJitHeap _heap;
    private readonly LiveBlocks<Block> _blocks = new();
    private long _liveBytes;
    private long _grantedBytes;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public LuaJitModel(ModelSettings settings)
        : this(RulesOf(settings), new KernelPlacement(DirectionOf(settings)))
    {
    }

    internal LuaJitModel(LuaJitRules rules, IMapPlacement placement) => _heap = new LuaJitHeap(rules, placement);

    internal static AllocatorModelInfo Info { get; } = new(
        "luajit",
        "lj_alloc of LuaJIT 2.0 to 2.1, 64-bit Linux",
        "exact within a segment, and everywhere for known segment places; where mappings go follows Linux in an address "
            + "space of its own",
        "L is the bytes asked for; A is their chunks with headers, and whole mappings for blocks that are one; C and R are "
            + "segments and such mappings; F is the chunks in bins and trees, the designated victim and top",
        TakesCacheEvents: false,
        [
            new("granularity", "128k", "segments are multiples of it, a power of two from 16k to 1g"),
            new("direct", "128k", "bytes of the smallest chunk that is a mapping of its own (mmap threshold)"),
            new("trim", "2m", "bytes of top above which a free trims it (trim threshold)"),
            new("placement", "down", "where mappings go: down (64-bit references), up (32-bit references), or apart"),
            new("state", "872", "bytes of the allocator's record; 864 before June 2020"),
        ],
        settings => new LuaJitModel(settings));

    /// <summary>The rules of a build with the default constants.</summary>
    internal static LuaJitRules DefaultRules => RulesOf(new ModelSettings(Info.Settings));

    /// <summary>Bytes of the designated victim; 0 when there is none.</summary>
    internal long VictimBytes => _heap.VictimBytes;

    /// <summary>Bytes of the free chunk at the end of the newest segment.</summary>
    internal long TopBytes => _heap.TopBytes;

    public HeapCounters Counters
    {
        get
        {
            long committed = _heap.MappedBytes;
            long free = committed - _grantedBytes - _heap.OwnBytes;
            return new HeapCounters(_liveBytes, _grantedBytes, committed, committed, free, free);
        }
    }

    public HeapLayout Layout() => new(Counters, LuaJitLayout.Extents(_heap, Used()));

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_blocks.TryGet(allocationEvent.Id, out Block live) && live.Chunk != Refused)
                    throw new TraceException("the block is live already");
                return Allocate(allocationEvent);
            case AllocationEventKind.Free:
                if (!_blocks.Remove(allocationEvent.Id, out Block freed))
                    throw new TraceException("the block is not live");
                Release(freed);
                return new EventOutcome(freed.Chunk == Refused ? EventAnswer.NotFound : EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    private static LuaJitRules RulesOf(ModelSettings settings)
    {
        long granularity = settings.ByteCount("granularity", 16 << 10, 1 << 30);
        if ((granularity & (granularity - 1)) != 0)
            throw new ModelSettingException($"granularity={settings.Text("granularity")} is not a power of two.");
        return new LuaJitRules(
            granularity, settings.ByteCount("direct", 256, 1L << 40), settings.ByteCount("trim", 0, 1L << 40),
            settings.Whole("state", 32, 4096));
    }

    private static KernelPlacement.Direction DirectionOf(ModelSettings settings) => settings.Text("placement") switch
    {
        "down" => KernelPlacement.Direction.Down,
        "up" => KernelPlacement.Direction.Up,
        "apart" => KernelPlacement.Direction.Apart,
        string other => throw new ModelSettingException($"placement={other} is none of down, up and apart."),
    };

    private EventOutcome Allocate(in AllocationEvent request)
    {
        CheckBytes(request);
        return request.Bytes == 0
            ? Keep(request, Nowhere, request.Site)
            : Keep(request, Or(_heap.Allocate(request.Bytes), Refused), request.Site);
    }

    private EventOutcome Reallocate(in AllocationEvent request)
    {
        CheckBytes(request);
        if (!_blocks.TryGet(request.Id, out Block old))
            throw new TraceException("the block is not live");
        int site = request.Site < 0 ? old.Site : request.Site;
        if (old.Chunk <= Nowhere || request.Bytes == 0)
        {
            Release(old);
            return Keep(
                request, request.Bytes == 0 ? Nowhere : Or(_heap.Allocate(request.Bytes), Refused), site);
        }

        long grantedBytes = _heap.GrantedBytes(old.Chunk);
        int chunk = _heap.Reallocate(old.Chunk, request.Bytes);
        if (chunk == 0)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        _grantedBytes -= grantedBytes;
        _liveBytes -= old.Bytes;
        return Keep(request, chunk, site);
    }

    private static void CheckBytes(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
    }

    private static int Or(int chunk, int otherwise) => chunk == 0 ? otherwise : chunk;

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    private EventOutcome Keep(in AllocationEvent request, int chunk, int site)
    {
        _blocks.Set(request.Id, new Block(chunk, chunk > Nowhere ? request.Bytes : 0, site));
        if (chunk == Refused)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        if (chunk == Nowhere)
            return new EventOutcome(EventAnswer.Ok);
        _liveBytes += request.Bytes;
        _grantedBytes += _heap.GrantedBytes(chunk);
        return new EventOutcome(EventAnswer.Ok, _heap[chunk].Start + LuaJitRules.PayloadOffset);
    }

    private void Release(in Block block)
    {
        if (block.Chunk <= Nowhere)
            return;
        _liveBytes -= block.Bytes;
        _grantedBytes -= _heap.GrantedBytes(block.Chunk);
        _heap.Free(block.Chunk);
    }

    private IEnumerable<LayoutExtent> Used()
    {
        foreach (KeyValuePair<long, Block> pair in _blocks.All)
        {
            Block block = pair.Value;
            if (block.Chunk > Nowhere)
            {
                yield return new LayoutExtent(
                    new Extent(_heap[block.Chunk].Start, _heap.GrantedBytes(block.Chunk)), ExtentUse.Used, block.Bytes,
                    block.Site);
            }
        }
    }

    /// <param name="Chunk">Where the block is; nowhere when it has no bytes, −1 when it was refused.</param>
    /// <param name="Bytes">Requested bytes.</param>
    /// <param name="Site">The site that asked.</param>
    private readonly record struct Block(int Chunk, long Bytes, int Site);
}
