using FragGuard.Collector.Events;

namespace FragGuard.Collector.Feeds;

/// <summary>What the runtime says of a whole GC once it knows.</summary>
/// <param name="Heaps">Heaps it worked on: one, or those of Server GC.</param>
/// <param name="Generation">Oldest generation it collected.</param>
internal readonly record struct GcMechanisms(int Heaps, int Generation, bool IsConcurrent, bool IsCompacting)
{
    private const int Concurrent = 1;
    private const int Compaction = 2;
    private const int Promotion = 4;

    /// <summary>What generation 0 may allocate until the next GC, of one heap.</summary>
    public long YoungBudgetBytes { get; init; }

    /// <summary>Whether survivors grew older.</summary>
    public bool IsPromoting { get; init; }

    /// <summary>Above 0, generation 0 was so fragmented before that GCs of young generations compact.</summary>
    public int YoungReductions { get; init; }

    /// <summary>Percent of the machine's memory in use when it began.</summary>
    public int MemoryLoad { get; init; }

    public static GcMechanisms Read(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        long youngBudget = fields.ReadInt64();
        int heaps = fields.ReadInt32();
        int generation = fields.ReadInt32();
        int youngReductions = fields.ReadInt32();
        fields.Skip(sizeof(int));
        int mechanisms = fields.ReadInt32();
        fields.Skip(sizeof(ushort) + sizeof(int));
        return new GcMechanisms(heaps, generation, (mechanisms & Concurrent) != 0, (mechanisms & Compaction) != 0)
        {
            YoungBudgetBytes = youngBudget,
            IsPromoting = (mechanisms & Promotion) != 0,
            YoungReductions = youngReductions,
            MemoryLoad = fields.ReadInt32(),
        };
    }
}
