using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// <c>ArrayPool&lt;T&gt;.Shared</c> of .NET 8 to 10 (SharedArrayPool). Allocate rents an array for a payload of that many
/// bytes, Free returns it, Thread switches the thread, Time moves the clock, Trim is one GC of generation 2.
/// <para>Exact: which array a rent on one thread gets, what is kept, dropped and trimmed. Approximated: thread n runs on
/// core n modulo the cores.</para>
/// <para>Addresses are not modelled: an array's offset is a stable virtual one, past all arrays made before it. Arrays
/// the pool keeps are free, arrays it handed out are used, arrays it dropped are gone at once. Array headers are left
/// out, so committed bytes are those of the elements. The empty array, which a rent of nothing gets, is placed nowhere.
/// </para>
/// </summary>
internal sealed class SharedArrayPoolModel : IAllocatorModel
{
    private readonly long _elementBytes;
    private readonly MemoryPressure _pressure;
    private readonly SharedArrayPool _pool;
    private readonly Dictionary<long, Rented> _rented = new();
    private readonly Dictionary<long, long> _offsets = new();
    private long _nextOffset;
    private long _thread;
    private long _now;
    private long _requestedBytes;
    private long _grantedBytes;
    private long _committedBytes;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public SharedArrayPoolModel(ModelSettings settings)
    {
        _elementBytes = settings.Whole("element", 1, 1 << 20);
        _pressure = settings.Text("pressure") switch
        {
            "low" => MemoryPressure.Low,
            "medium" => MemoryPressure.Medium,
            "high" => MemoryPressure.High,
            string other => throw new ModelSettingException($"pressure={other} is none of low, medium and high."),
        };
        _pool = new SharedArrayPool((int)settings.Whole("cores", 1, 4096), (int)settings.Whole("depth", 1, 1 << 20))
        {
            Dropped = Drop,
        };
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-arraypool-shared",
        "ArrayPool<T>.Shared of .NET 8 to 10",
        "exact on one thread, and on several when thread n stays on core n; addresses are virtual",
        "L is the bytes asked for; A is the elements of rented arrays; F is the arrays the pool keeps; C and R are "
            + "all of these, array headers left out",
        TakesCacheEvents: false,
        [
            new("element", "1", "bytes of one element of T"),
            new("cores", "4", "processors, and so stacks per size"),
            new("depth", "32", "arrays a stack keeps"),
            new("pressure", "low", "memory pressure at every trim: low, medium or high"),
        ],
        settings => new SharedArrayPoolModel(settings));

    public HeapCounters Counters
    {
        get
        {
            long idle = _committedBytes - _grantedBytes;
            return new HeapCounters(_requestedBytes, _grantedBytes, _committedBytes, _committedBytes, idle, idle);
        }
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_rented.ContainsKey(allocationEvent.Id))
                    throw new TraceException("the block is live already");
                return Rent(allocationEvent);
            case AllocationEventKind.Free:
                Return(Take(allocationEvent.Id));
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                Rented old = Take(allocationEvent.Id);
                EventOutcome outcome = Rent(
                    allocationEvent.Site < 0 ? allocationEvent with { Site = old.Site } : allocationEvent);
                Return(old);
                return outcome;
            case AllocationEventKind.Thread:
                _thread = allocationEvent.Id;
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Time:
                _now = allocationEvent.Milliseconds;
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Trim:
                _pool.Trim(_now + 1, _pressure, _elementBytes);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout()
    {
        IEnumerable<LayoutExtent> used = _rented.Values.Where(rented => rented.Array.Elements > 0).Select(rented => new LayoutExtent(
            ExtentOf(rented.Array), ExtentUse.Used, rented.RequestedBytes, rented.Site));
        IEnumerable<LayoutExtent> idle = _pool.Idle().Select(array => new LayoutExtent(ExtentOf(array), ExtentUse.Free));
        return new HeapLayout(Counters, [.. used.Concat(idle).OrderBy(extent => extent.Extent.Start)], SizeClasses());
    }

    private SizeClass[] SizeClasses()
    {
        long[] used = new long[SharedArrayPool.Buckets];
        long[] free = new long[SharedArrayPool.Buckets];
        foreach (Rented rented in _rented.Values.Where(rented => rented.Array.Bucket >= 0))
            used[rented.Array.Bucket]++;
        foreach (PooledArray array in _pool.Idle())
            free[array.Bucket]++;
        return [.. Enumerable.Range(0, SharedArrayPool.Buckets)
            .Where(bucket => used[bucket] + free[bucket] > 0)
            .Select(bucket => new SizeClass(
                SharedArrayPool.ElementsOf(bucket) * _elementBytes, 0, used[bucket], free[bucket]))];
    }

    private EventOutcome Rent(in AllocationEvent request)
    {
        PooledArray array = _pool.Rent((request.Bytes + _elementBytes - 1) / _elementBytes, _thread);
        long offset = -1;
        if (array.Elements > 0 && !_offsets.TryGetValue(array.Number, out offset))
        {
            offset = _nextOffset;
            _offsets.Add(array.Number, offset);
            _nextOffset += BytesOf(array);
            _committedBytes += BytesOf(array);
        }

        _rented.Add(request.Id, new Rented(array, request.Bytes, request.Site));
        _requestedBytes += request.Bytes;
        _grantedBytes += BytesOf(array);
        return new EventOutcome(EventAnswer.Ok, offset);
    }

    private Rented Take(long id)
    {
        if (!_rented.TryGetValue(id, out Rented rented))
            throw new TraceException("the block is not live");
        _rented.Remove(id);
        return rented;
    }

    private void Return(in Rented rented)
    {
        _requestedBytes -= rented.RequestedBytes;
        _grantedBytes -= BytesOf(rented.Array);
        _pool.Return(rented.Array, _thread);
    }

    private void Drop(PooledArray array)
    {
        _committedBytes -= BytesOf(array);
        _offsets.Remove(array.Number);
    }

    private long BytesOf(PooledArray array) => array.Elements * _elementBytes;

    private Extent ExtentOf(PooledArray array) => new(_offsets[array.Number], BytesOf(array));

    private readonly record struct Rented(PooledArray Array, long RequestedBytes, int Site);
}
