using System;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// <c>ArrayPool&lt;T&gt;.Shared</c> of .NET 8 to 10 (System.Private.CoreLib, SharedArrayPool). Thread switches the thread,
/// Time moves the clock, Trim is one GC of generation 2.
/// <para>Exact: which array every rent gets, what is kept, dropped and trimmed, for threads that run one after the other
/// on known cores. With <c>placement=thread</c> thread n runs on core n; with <c>placement=recorded</c> it runs on the
/// core that its last Thread event gives in <see cref="AllocationEvent.Bytes"/>.</para>
/// <para>Approximated: the runtime reads a thread's core only now and then, so a thread that moves may use its old core
/// for some dozens of calls; what the threads of one moment do to each other is left out. Addresses are virtual, array
/// headers left out.</para>
/// </summary>
internal sealed class SharedArrayPoolModel : ArrayPoolModel
{
    private readonly MemoryPressure _pressure;
    private readonly SharedArrayPool _pool;
    private readonly bool _coresAreRecorded;
    private long _thread;
    private long? _core;
    private long _now;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public SharedArrayPoolModel(ModelSettings settings)
        : base(settings.Whole("element", 1, 1 << 20))
    {
        _pressure = settings.Text("pressure") switch
        {
            "low" => MemoryPressure.Low,
            "medium" => MemoryPressure.Medium,
            "high" => MemoryPressure.High,
            string other => throw new ModelSettingException($"pressure={other} is none of low, medium and high."),
        };
        _coresAreRecorded = settings.Text("placement") switch
        {
            "thread" => false,
            "recorded" => true,
            string other => throw new ModelSettingException($"placement={other} is none of thread and recorded."),
        };
        _pool = new SharedArrayPool(
            (int)settings.Whole("cores", 1, 4096), (int)settings.Whole("depth", 1, 1 << 20), Arrays)
        {
            Dropped = Drop,
        };
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-arraypool-shared",
        "ArrayPool<T>.Shared of .NET 8 to 10",
        "exact on one thread, and on several whose cores are known and that run one after the other; addresses are virtual",
        Counting,
        TakesCacheEvents: false,
        [
            new("element", "1", "bytes of one element of T"),
            new("cores", "4", "processors, and so stacks per size"),
            new("depth", "32", "arrays a stack keeps"),
            new("placement", "thread", "core of a thread: thread (n runs on core n) or recorded (the second number of thread <n> <core>)"),
            new("pressure", "low", "memory pressure at every trim: low, medium or high"),
        ],
        settings => new SharedArrayPoolModel(settings));

    protected override IEnumerable<PooledArray> Idle => _pool.Idle();

    protected override PooledArray Take(long elements) => _pool.Rent(elements, _thread, _core);

    protected override void Return(PooledArray array) => _pool.Return(array, _thread, _core);

    protected override EventOutcome ApplyOther(in AllocationEvent other)
    {
        switch (other.Kind)
        {
            case AllocationEventKind.Thread:
                _thread = other.Id;
                _core = _coresAreRecorded ? other.Bytes : null;
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Time:
                _now = Math.Min(Math.Max(0, other.Milliseconds), long.MaxValue / 2);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Trim:
            case AllocationEventKind.Collect when other.Id >= 2:
                _pool.Trim(_now + 1, _pressure, ElementBytes);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }
}
