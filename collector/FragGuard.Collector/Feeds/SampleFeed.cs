using System.Runtime.CompilerServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
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
    private readonly SampleWeights _weights = new();

    public SampleFeed(EventRouter router, SampledObjects samples, StackTable stacks)
    {
        _samples = samples;
        _stacks = stacks;
        _types = new TypeNames(samples.Sources);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled, OnSampled);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnSampled(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int) + sizeof(ushort));
        int source = _types.ReadSource(ref fields, _stacks.Intern(recorded));
        ulong address = fields.ReadPointer();
        long bytes = fields.ReadInt64();
        _samples.Born(SampleKind.Drawn, recorded.TimeMs, address, bytes, _weights.Of(bytes), source);
    }

    private void OnTick(in RecordedEvent recorded)
    {
        if (recorded.Version < FirstTickVersionWithObjectSize)
            return;

        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(int)) + sizeof(ushort));
        long tickBytes = fields.ReadInt64();
        int source = _types.ReadSource(ref fields, _stacks.Intern(recorded));
        fields.Skip(sizeof(int));
        ulong address = fields.ReadPointer();
        _samples.Born(SampleKind.Ticks, recorded.TimeMs, address, fields.ReadInt64(), tickBytes, source);
    }
}
