using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The heap, or one generation of it, as one GC left it.</summary>
/// <param name="Generations">Null where it is not kept.</param>
internal sealed record HeapDraft(
    int GcNumber, int Collected, GcKind Kind, double TimeMs, IReadOnlyList<GenerationDraft?> Generations);
