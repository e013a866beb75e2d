using FragGuard.Collector.Events;

namespace FragGuard.Collector.Feeds;

/// <summary>What the runtime says of a whole GC once it knows.</summary>
/// <param name="Heaps">Heaps it worked on: one, or those of Server GC.</param>
/// <param name="Generation">Oldest generation it collected.</param>
internal readonly record struct GcMechanisms(int Heaps, int Generation, bool IsConcurrent, bool IsCompacting)
{
    private const int Concurrent = 1;
    private const int Compaction = 2;

    public static GcMechanisms Read(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(long));
        int heaps = fields.ReadInt32();
        int generation = fields.ReadInt32();
        fields.Skip(2 * sizeof(int));
        int mechanisms = fields.ReadInt32();
        return new GcMechanisms(heaps, generation, (mechanisms & Concurrent) != 0, (mechanisms & Compaction) != 0);
    }
}
