namespace FragGuard.Collector.Heaps;

/// <summary>One region as a GC left it.</summary>
internal sealed record RegionDraft(GenerationExtent Extent, ulong KnownEnd, LiveRun[] Runs, HoleFigures Figures);
