using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// malloc of the GNU C library (ptmalloc) on 64-bit Linux with pages of 4 KiB and without huge pages; source read:
/// malloc.c and arena.c of 2.27 to 2.42. Exact: every address inside the program break and the arenas' heaps, every field
/// of mallinfo2, sizes of mappings, which arena a new thread gets, and resident pages, if each thread's operations are
/// given in the order in which they ran, no thread waited for another's lock, and the program writes all of every block.
/// Approximated: where mappings lie; memory runs out at 4 GiB of one arena, 64 TiB of one mapping and 65 530 mappings;
/// threads never end; alignments above a page inside a mapping.
/// </summary>
public sealed class GlibcModel : IAllocatorModel
{
    private readonly LiveBlocks<GlibcBlock> _blocks = new();
    private long _liveBytes;
    private long _grantedBytes;

    /// <exception cref="ModelSettingException">A version that is not modelled, or a value glibc does not take.</exception>
    public GlibcModel(ModelSettings settings) => Heap = GlibcSettings.Heap(settings);

    public static AllocatorModelInfo Info { get; } = new(
        "glibc",
        "malloc of glibc " + GlibcRules.Range + ", 64-bit Linux",
        "addresses, mallinfo2 and resident pages exact for the order given, per arena too; addresses of mappings, "
            + "exhausted memory and waiting for locks approximated; 2.39 and 2.40 by their sources alone",
        "L is the bytes asked for; A is their chunks and mappings; C is what the arenas hold and all mappings; R is the "
            + "pages written to, every block as a whole, and not given back; F is every free chunk, those in threads' "
            + "caches, fastbins and the tops among them",
        TakesCacheEvents: false,
        GlibcSettings.All,
        settings => new GlibcModel(settings))
    {
        Remedies = new(
            Capacity: null,
            [
                new("arena_max", "1", "set MALLOC_ARENA_MAX=1"),
                new("arena_max", "2", "set MALLOC_ARENA_MAX=2"),
                new("trim_threshold", "64k", "set MALLOC_TRIM_THRESHOLD_=65536, which also fixes the mmap threshold"),
                new("mmap_threshold", "64k", "set MALLOC_MMAP_THRESHOLD_=65536"),
                new("top_pad", "0", "set MALLOC_TOP_PAD_=0"),
                new("tcache_count", "0", "set GLIBC_TUNABLES=glibc.malloc.tcache_count=0"),
            ],
            ["jemalloc", "mimalloc", "tcmalloc"]),
    };

    internal GlibcHeap Heap { get; }

    public HeapCounters Counters
    {
        get
        {
            ProcessMemory memory = Heap.Memory;
            long committedBytes = memory.CommittedBytes;
            long freeBytes = committedBytes - _grantedBytes - memory.OwnBytes;
            return new HeapCounters(
                _liveBytes, _grantedBytes, committedBytes, memory.ResidentBytes, freeBytes, freeBytes);
        }
    }

    /// <summary>What mallinfo2 would answer now, in time linear to the number of free chunks.</summary>
    public MallocInfo MallocInfo()
    {
        MallocInfo info = new()
        {
            HBlks = Heap.Mapped.Count,
            HBlkHd = Heap.Mapped.Bytes,
            KeepCost = Heap.MainArena.KeepCostBytes,
        };
        foreach (Arena arena in Heap.Arenas)
        {
            (long binned, long binnedBytes) = arena.Bins();
            (long fast, long fastBytes) = arena.Fast();
            info = info with
            {
                Arena = info.Arena + arena.SystemBytes,
                OrdBlks = info.OrdBlks + binned,
                SmBlks = info.SmBlks + fast,
                FsmBlks = info.FsmBlks + fastBytes,
                FOrdBlks = info.FOrdBlks + binnedBytes + fastBytes,
                UOrdBlks = info.UOrdBlks + arena.SystemBytes - binnedBytes - fastBytes,
            };
        }

        return info;
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                return Allocate(allocationEvent);
            case AllocationEventKind.Free:
                return Free(allocationEvent.Id);
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Trim:
                Heap.Trim();
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Thread:
                Heap.SwitchTo(allocationEvent.Id);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout() => GlibcLayout.Of(
        Heap, Counters, _blocks.All.Select(pair => pair.Value).Where(block => block.Address != GlibcHeap.None).ToArray());

    private EventOutcome Allocate(in AllocationEvent request)
    {
        Check(request);
        ref GlibcBlock block = ref _blocks.AddOrGet(request.Id, out bool isNew);
        if (!isNew && block.Address != GlibcHeap.None)
            throw new TraceException("the block is live already");
        block = new GlibcBlock { Site = request.Site };
        return Place(ref block, request);
    }

    private EventOutcome Place(ref GlibcBlock block, in AllocationEvent request)
    {
        long bytes = request.Bytes;
        if (request.AlignmentBytes == 0 && (request.Traits & BlockTraits.Zeroed) == BlockTraits.None)
        {
            block.Address = Heap.Allocate(bytes, out block.ChunkWords);
        }
        else
        {
            block.Address = request.AlignmentBytes > 0
                ? Heap.AllocateAligned(bytes, request.AlignmentBytes)
                : Heap.AllocateZeroed(bytes);
            block.ChunkWords = Heap.ChunkWordsOf(block.Address);
        }

        return block.Address == GlibcHeap.None
            ? new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes)
            : Took(ref block, bytes);
    }

    private EventOutcome Took(ref GlibcBlock block, long bytes)
    {
        Heap.Touch(block.Address, bytes, block.ChunkWords);
        block.RequestedBytes = unchecked((uint)bytes);
        _liveBytes += bytes;
        _grantedBytes += Heap.GrantedBytesOf(block);
        return new EventOutcome(EventAnswer.Ok, block.Address);
    }

    private EventOutcome Free(long id)
    {
        if (!_blocks.Remove(id, out GlibcBlock block))
            throw new TraceException("the block is not live");
        if (block.Address == GlibcHeap.None)
            return new EventOutcome(EventAnswer.NotFound);
        Release(block);
        return new EventOutcome(EventAnswer.Ok);
    }

    private void Release(in GlibcBlock block)
    {
        Forget(block);
        Heap.Free(block.Address, block.ChunkWords);
    }

    /// <summary>A resize to nothing frees the block; one of a block the program was refused allocates it.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        Check(request);
        if (!_blocks.Contains(request.Id))
            throw new TraceException("the block is not live");
        ref GlibcBlock block = ref _blocks[request.Id];
        if (request.Site >= 0)
            block.Site = request.Site;
        if (block.Address == GlibcHeap.None)
            return Place(ref block, request with { AlignmentBytes = 0, Traits = BlockTraits.None });

        if (request.Bytes == 0)
        {
            Release(block);
            block.Address = GlibcHeap.None;
            return new EventOutcome(EventAnswer.Ok);
        }

        long oldBytes = Heap.RequestedBytesOf(block);
        long oldGrantedBytes = Heap.GrantedBytesOf(block);
        long address = Heap.Reallocate(block.Address, request.Bytes);
        if (address == GlibcHeap.None)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        _liveBytes -= oldBytes;
        _grantedBytes -= oldGrantedBytes;
        block.Address = address;
        block.ChunkWords = Heap.ChunkWordsOf(address);
        return Took(ref block, request.Bytes);
    }

    private void Forget(in GlibcBlock block)
    {
        _liveBytes -= Heap.RequestedBytesOf(block);
        _grantedBytes -= Heap.GrantedBytesOf(block);
    }

    private static void Check(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
        if (request.AlignmentBytes < 0)
            throw new TraceException("no address is a multiple of a negative number");
    }
}
