using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// What every pool of arrays has in common: a block is one rented array. Allocate rents, Free returns, Reallocate rents
/// the new array before it returns the old one.
/// <para>An array's offset is a stable virtual one, past all arrays made before it. Rented arrays are used, those the
/// pool keeps are free, those it dropped are gone at once: L is the bytes asked for, A the elements of rented arrays, F
/// the arrays the pool keeps, C and R all of these, array headers left out. An array of nothing is placed nowhere.</para>
/// </summary>
internal abstract class ArrayPoolModel : IAllocatorModel
{
    /// <summary>Most elements an array of the runtime can have (<c>Array.MaxLength</c>).</summary>
    public const long MostElements = 0x7FFF_FFC7;

    public const string Counting =
        "L is the bytes asked for; A is the elements of rented arrays; F is the arrays the pool keeps; C and R are "
        + "all of these, array headers left out";

    private readonly LiveBlocks<Rental> _rentals = new();
    private readonly long _elementBytes;
    private long _nextOffset;
    private long _requestedBytes;
    private long _grantedBytes;
    private long _committedBytes;

    /// <param name="elementBytes">Bytes of one element of the arrays.</param>
    protected ArrayPoolModel(long elementBytes) => _elementBytes = elementBytes;

    public HeapCounters Counters
    {
        get
        {
            long idle = _committedBytes - _grantedBytes;
            return new HeapCounters(_requestedBytes, _grantedBytes, _committedBytes, _committedBytes, idle, idle);
        }
    }

    /// <summary>Whether what is rented can grow where it is.</summary>
    protected virtual bool Grows => false;

    /// <summary>Every array the pool keeps.</summary>
    protected abstract IEnumerable<PooledArray> Idle { get; }

    /// <summary>Makes the pool's arrays.</summary>
    protected PooledArrays Arrays { get; } = new();

    protected long ElementBytes => _elementBytes;

    /// <summary>Number and length of the array a live block got, numbers counting arrays as they were made.</summary>
    /// <exception cref="KeyNotFoundException">No such block is live.</exception>
    public (long Number, long Elements) RentedBy(long id) =>
        _rentals[id].Array is { } array ? (array.Number, array.Elements) : (-1, 0);

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_rentals.TryGet(allocationEvent.Id, out Rental live) && live.Array is not null)
                    throw new TraceException("the block is live already");
                return Rent(allocationEvent);
            case AllocationEventKind.Free:
                if (!_rentals.Remove(allocationEvent.Id, out Rental rental))
                    throw new TraceException("the block is not live");
                End(rental);
                return new EventOutcome(rental.Array is null ? EventAnswer.NotFound : EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            default:
                return ApplyOther(allocationEvent);
        }
    }

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new(_rentals.Count);
        SortedDictionary<long, (long Used, long Free)> classes = new();
        foreach (Rental rental in _rentals.All.Select(pair => pair.Value))
        {
            if (rental.Array is not { Elements: > 0 } array)
                continue;
            extents.Add(new LayoutExtent(ExtentOf(array), ExtentUse.Used, rental.RequestedBytes, rental.Site));
            if (array.Bucket >= 0)
                classes[BytesOf(array)] = classes.TryGetValue(BytesOf(array), out var count) ? (count.Used + 1, 0) : (1, 0);
        }

        foreach (PooledArray array in Idle)
        {
            extents.Add(new LayoutExtent(ExtentOf(array), ExtentUse.Free));
            if (array.Bucket < 0)
                continue;
            classes.TryGetValue(BytesOf(array), out (long Used, long Free) count);
            classes[BytesOf(array)] = (count.Used, count.Free + 1);
        }

        extents.Sort((one, other) => one.Extent.Start.CompareTo(other.Extent.Start));
        return new HeapLayout(
            Counters, extents, [.. classes.Select(pair => new SizeClass(pair.Key, 0, pair.Value.Used, pair.Value.Free))]);
    }

    /// <summary>An array of at least that many elements; one of none for a request of none.</summary>
    /// <param name="elements">At most <see cref="MostElements"/>.</param>
    protected abstract PooledArray Take(long elements);

    /// <summary>Keeps the array, or gives it to <see cref="Drop"/>.</summary>
    protected abstract void Return(PooledArray array);

    /// <summary>Plays an event that neither rents nor returns.</summary>
    protected virtual EventOutcome ApplyOther(in AllocationEvent other) => new(EventAnswer.Ignored);

    /// <summary>Takes an array that the pool does not keep.</summary>
    protected void Drop(PooledArray array)
    {
        Leave(array);
        Arrays.Recycle(array);
    }

    /// <summary>Replaces the memory of what is too short; it gets its new place when it is handed out.</summary>
    protected void Grow(PooledArray array, long elements)
    {
        if (array.Elements >= elements)
            return;
        Leave(array);
        array.Elements = elements;
        array.Offset = PooledArray.NotPlaced;
    }

    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_rentals.TryGet(request.Id, out Rental old))
            throw new TraceException("the block is not live");
        if (Grows && old.Array is { } array && CanHold(request.Bytes))
            return GrowInPlace(request, old, array);
        EventOutcome outcome = Rent(request.Site < 0 ? request with { Site = old.Site } : request);
        if (outcome.Answer == EventAnswer.NoMemory)
            _rentals[request.Id] = old;
        else
            End(old);
        return outcome;
    }

    private EventOutcome GrowInPlace(in AllocationEvent request, in Rental old, PooledArray array)
    {
        _requestedBytes -= old.RequestedBytes;
        _grantedBytes -= BytesOf(array);
        Grow(array, ElementsOf(request.Bytes));
        Enter(request.Site < 0 ? request with { Site = old.Site } : request, array);
        return new EventOutcome(EventAnswer.Ok, array.Offset);
    }

    /// <summary>Remembers a refused block too, for the program that was refused may still free or resize it.</summary>
    private EventOutcome Rent(in AllocationEvent request)
    {
        if (!CanHold(request.Bytes))
        {
            _rentals.Set(request.Id, new Rental(null, 0, request.Site));
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        }

        PooledArray array = Take(ElementsOf(request.Bytes));
        Enter(request, array);
        return new EventOutcome(EventAnswer.Ok, array.Offset);
    }

    private void Enter(in AllocationEvent request, PooledArray array)
    {
        if (array.Offset == PooledArray.NotPlaced && array.Elements > 0)
        {
            array.Offset = _nextOffset;
            _nextOffset += BytesOf(array);
            _committedBytes += BytesOf(array);
        }

        _rentals.Set(request.Id, new Rental(array, request.Bytes, request.Site));
        _requestedBytes += request.Bytes;
        _grantedBytes += BytesOf(array);
    }

    private void Leave(PooledArray array)
    {
        if (array.Offset != PooledArray.NotPlaced)
            _committedBytes -= BytesOf(array);
    }

    private void End(in Rental rental)
    {
        if (rental.Array is not { } array)
            return;
        _requestedBytes -= rental.RequestedBytes;
        _grantedBytes -= BytesOf(array);
        if (array.Elements == 0)
            Arrays.Recycle(array);
        else
            Return(array);
    }

    private bool CanHold(long bytes) => bytes >= 0
        ? ElementsOf(bytes) <= MostElements && _nextOffset <= long.MaxValue - (2 * MostElements * _elementBytes)
        : throw new TraceException("a block holds no negative number of bytes");

    private long ElementsOf(long bytes) => (bytes / _elementBytes) + (bytes % _elementBytes == 0 ? 0 : 1);

    private long BytesOf(PooledArray array) => array.Elements * _elementBytes;

    private Extent ExtentOf(PooledArray array) => new(array.Offset, BytesOf(array));

    /// <param name="Array">The array; null when the request was refused.</param>
    /// <param name="RequestedBytes">Bytes asked for.</param>
    /// <param name="Site">The site that asked.</param>
    private readonly record struct Rental(PooledArray? Array, long RequestedBytes, int Site);
}
