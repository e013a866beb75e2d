using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Reports;

/// <summary>Generations and kinds of GC as reports name them.</summary>
internal static class GenerationNames
{
    /// <summary>In the runtime's own order.</summary>
    public static IReadOnlyList<string> All { get; } = ["gen0", "gen1", "gen2", "loh", "poh"];

    /// <param name="generation">0 to 4.</param>
    public static string Of(int generation) => All[generation];

    public static string Of(GcKind kind) => kind switch
    {
        GcKind.Background => "background",
        GcKind.Foreground => "foreground",
        _ => "blocking",
    };
}
