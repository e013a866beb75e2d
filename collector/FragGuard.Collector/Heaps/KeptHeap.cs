namespace FragGuard.Collector.Heaps;

/// <summary>A heap that is worth showing.</summary>
/// <param name="Moment">Why it is kept.</param>
internal sealed record KeptHeap(HeapMomentKind Moment, HeapDraft Draft);
