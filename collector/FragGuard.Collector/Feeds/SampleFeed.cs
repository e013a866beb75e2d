using System.Runtime.CompilerServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Objects drawn at birth: from event 303 of runtime 10 and later, where it is on, else from allocation ticks. Where 303 is
/// on, the runtime sends no ticks.
/// </summary>
internal sealed class SampleFeed
{
    /// <summary>AllocationSampling.</summary>
    public const long Keywords = 0x80000000000;

    private const int FirstTickVersionWithObjectSize = 4;

    private readonly SampledObjects _samples;
    private readonly StackTable _stacks;
    private readonly TypeNames _types;
    private readonly ArrayBirths _births;
    private readonly SampleWeights _weights = new();

    /// <param name="births">Told of every array among the objects.</param>
    public SampleFeed(EventRouter router, SampledObjects samples, StackTable stacks, ArrayBirths births)
    {
        _samples = samples;
        _stacks = stacks;
        _births = births;
        _types = new TypeNames(samples.Sources);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled, OnSampled);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnSampled(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int) + sizeof(ushort));
        int source = _types.ReadSource(ref fields, _stacks.Intern(recorded), out string? element);
        ulong address = fields.ReadPointer();
        long bytes = fields.ReadInt64();
        Tell(recorded, element, bytes);
        _samples.Born(SampleKind.Drawn, recorded.TimeMs, address, bytes, _weights.Of(bytes), source);
    }

    private void OnTick(in RecordedEvent recorded)
    {
        if (recorded.Version < FirstTickVersionWithObjectSize)
            return;

        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(int)) + sizeof(ushort));
        long tickBytes = fields.ReadInt64();
        int source = _types.ReadSource(ref fields, _stacks.Intern(recorded), out string? element);
        fields.Skip(sizeof(int));
        ulong address = fields.ReadPointer();
        long bytes = fields.ReadInt64();
        Tell(recorded, element, bytes);
        _samples.Born(SampleKind.Ticks, recorded.TimeMs, address, bytes, tickBytes, source);
    }

    private void Tell(in RecordedEvent recorded, string? element, long bytes)
    {
        if (element is null)
            _births.Forget(recorded.Thread);
        else
            _births.Add(recorded.Thread, new ArrayBirth(element, bytes, recorded.PointerBytes));
    }
}
