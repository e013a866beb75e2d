using System;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>
/// The blocks of an allocator that rounds requests up to size classes: which are live, what they asked for. Where they
/// go is
/// the heap's own business, which names each granted block by a place.
/// </summary>
internal abstract class SizeClassedModel : IAllocatorModel
{
    protected const long NotPlaced = -1;

    /// <summary>User address space of a process: what no heap can outgrow.</summary>
    public const long AddressSpaceBytes = 1L << 47;

    private readonly LiveBlocks<SizeClassedBlock> _blocks = new();
    private long _liveBytes;
    private long _grantedBytes;

    public HeapCounters Counters
    {
        get
        {
            HeapFootprint heap = Footprint;
            return new HeapCounters(
                _liveBytes,
                _grantedBytes,
                heap.CommittedBytes,
                heap.ResidentBytes,
                heap.CommittedBytes - heap.MetadataBytes - _grantedBytes,
                heap.FreePageBytes);
        }
    }

    protected abstract HeapFootprint Footprint { get; }

    /// <summary>Whether resizing a block to 0 bytes frees it.</summary>
    protected abstract bool FreesOnResizeToNothing { get; }

    public EventOutcome Apply(in AllocationEvent allocationEvent) => allocationEvent.Kind switch
    {
        AllocationEventKind.Allocate => Allocate(allocationEvent),
        AllocationEventKind.Free => Free(allocationEvent.Id),
        AllocationEventKind.Reallocate => Reallocate(allocationEvent),
        _ => ApplyOther(allocationEvent),
    };

    public HeapLayout Layout()
    {
        SizeClassedBlock[] placed = _blocks.All.Select(pair => pair.Value).Where(block => block.Place != NotPlaced).ToArray();
        LayoutDrawing drawing = new(Array.ConvertAll(placed, block => OffsetOf(block.Place)), placed);
        Draw(drawing);
        return drawing.Finish(Counters);
    }

    /// <param name="bytes">From 0 to the address space.</param>
    /// <param name="alignment">A power of two, or 0 for the allocator's own.</param>
    /// <param name="isZeroed">Whether zeroed memory is asked for.</param>
    /// <returns>The place, or −1 when there is no memory.</returns>
    protected abstract long Grant(long bytes, int alignment, bool isZeroed);

    protected abstract void TakeBack(long place);

    /// <returns>The place after the resize, or −1 when there is no memory and the block stays as it was.</returns>
    protected abstract long Resize(long place, long oldBytes, long newBytes);

    /// <summary>Usable bytes of a granted block.</summary>
    protected abstract long GrantedBytesAt(long place);

    protected abstract long OffsetOf(long place);

    /// <summary>Plays Thread, Time and Trim; ignores the rest.</summary>
    protected abstract EventOutcome ApplyOther(in AllocationEvent allocationEvent);

    protected abstract void Draw(LayoutDrawing drawing);

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    private EventOutcome Allocate(in AllocationEvent request)
    {
        Check(request);
        SizeClassedBlock unplaced = new(NotPlaced, request.Bytes, request.Site);
        if (!_blocks.TryAdd(request.Id, unplaced))
        {
            if (_blocks[request.Id].Place != NotPlaced)
                throw new TraceException("the block is live already");
            _blocks[request.Id] = unplaced;
        }

        long place = request.Bytes >= AddressSpaceBytes
            ? NotPlaced
            : Grant(request.Bytes, request.AlignmentBytes, (request.Traits & BlockTraits.Zeroed) != BlockTraits.None);
        if (place == NotPlaced)
            return Refused(request.Bytes);
        _blocks[request.Id] = unplaced with { Place = place };
        _liveBytes += request.Bytes;
        _grantedBytes += GrantedBytesAt(place);
        return new EventOutcome(EventAnswer.Ok, OffsetOf(place));
    }

    private EventOutcome Free(long id)
    {
        if (!_blocks.Remove(id, out SizeClassedBlock block))
            throw new TraceException("the block is not live");
        if (block.Place == NotPlaced)
            return new EventOutcome(EventAnswer.NotFound);
        Release(block);
        return new EventOutcome(EventAnswer.Ok, OffsetBytes: -1);
    }

    private EventOutcome Reallocate(in AllocationEvent request)
    {
        Check(request);
        if (!_blocks.TryGet(request.Id, out SizeClassedBlock block))
            throw new TraceException("the block is not live");
        int site = request.Site < 0 ? block.Site : request.Site;
        if (block.Place == NotPlaced)
            return Allocate(request with { Site = site });
        if (request.Bytes >= AddressSpaceBytes)
            return Refused(request.Bytes);
        if (request.Bytes == 0 && FreesOnResizeToNothing)
        {
            _blocks[request.Id] = new SizeClassedBlock(NotPlaced, 0, site);
            Release(block);
            return new EventOutcome(EventAnswer.Ok);
        }

        long granted = GrantedBytesAt(block.Place);
        long place = Resize(block.Place, block.RequestedBytes, request.Bytes);
        if (place == NotPlaced)
            return Refused(request.Bytes);
        _blocks[request.Id] = new SizeClassedBlock(place, request.Bytes, site);
        _liveBytes += request.Bytes - block.RequestedBytes;
        _grantedBytes += GrantedBytesAt(place) - granted;
        return new EventOutcome(EventAnswer.Ok, OffsetOf(place));
    }

    private static void Check(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
        if (request.AlignmentBytes != 0 && !Bits.IsPowerOfTwo(request.AlignmentBytes))
            throw new TraceException("an alignment is a power of two");
    }

    private static EventOutcome Refused(long bytes) => new(EventAnswer.NoMemory, RefusedBytes: bytes);

    private void Release(in SizeClassedBlock block)
    {
        _liveBytes -= block.RequestedBytes;
        _grantedBytes -= GrantedBytesAt(block.Place);
        TakeBack(block.Place);
    }
}
