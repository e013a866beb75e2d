using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>The runtime's announcement of a GC.</summary>
/// <param name="Generation">Oldest generation it collects.</param>
/// <param name="Reason">The runtime's own word for what set it off.</param>
internal readonly record struct GcStart(int Number, int Generation, string Reason, GcKind Kind)
{
    private const int Background = 1;
    private const int Foreground = 2;

    /// <summary>Whether that compacts, whatever the runtime finds.</summary>
    public bool MustCompact => Reason is "InducedCompacting" or "InducedAggressive" or "PMFullGC";

    private static readonly string[] Reasons =
    [
        "AllocSmall", "Induced", "LowMemory", "Empty", "AllocLarge", "OutOfSpaceSOH", "OutOfSpaceLOH", "InducedNotForced",
        "Internal", "InducedLowMemory", "InducedCompacting", "LowMemoryHost", "PMFullGC", "LowMemoryHostBlocking",
        "BgcTuningSOH", "BgcTuningLOH", "BgcStepping", "InducedAggressive",
    ];

    public static GcStart Read(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int number = fields.ReadInt32();
        int generation = fields.ReadInt32();
        int reason = fields.ReadInt32();
        return new GcStart(number, generation, WordOf(reason), fields.ReadInt32() switch
        {
            Background => GcKind.Background,
            Foreground => GcKind.Foreground,
            _ => GcKind.Blocking,
        });
    }

    private static string WordOf(int reason) => reason >= 0 && reason < Reasons.Length ? Reasons[reason] : $"reason {reason}";
}
