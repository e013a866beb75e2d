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

    public SampleFeed(EventRouter router, SampledObjects samples, StackTable stacks)
    {
        _samples = samples;
        _stacks = stacks;
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled, OnSampled);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    private void OnSampled(in RecordedEvent recorded)
    {
        AllocationSample sample = AllocationSample.Read(recorded);
        Born(SampleKind.Drawn, recorded, sample.Address, sample.Bytes, sample.EstimatedBytes, sample.Type);
    }

    private void OnTick(in RecordedEvent recorded)
    {
        if (recorded.Version < FirstTickVersionWithObjectSize)
            return;

        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(int)) + sizeof(ushort));
        long tickBytes = fields.ReadInt64();
        fields.ReadPointer();
        string type = fields.ReadText();
        fields.Skip(sizeof(int));
        ulong address = fields.ReadPointer();
        Born(SampleKind.Ticks, recorded, address, fields.ReadInt64(), tickBytes, type);
    }

    private void Born(SampleKind kind, in RecordedEvent recorded, ulong address, long bytes, double weight, string type) =>
        _samples.Born(
            kind, recorded.TimeMs, address, bytes, weight, _samples.Sources.NumberOf(_stacks.Intern(recorded.Stack), type));
}
