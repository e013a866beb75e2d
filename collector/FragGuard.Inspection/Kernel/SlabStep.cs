using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Kernel;

/// <summary>Slab grew by a step.</summary>
/// <param name="From">When it began to.</param>
/// <param name="Suspects">The caches that grew most in between, most first; null when slabinfo is not known.</param>
public sealed record SlabStep(TimeSpan From, TimeSpan To, long GrownBytes, IReadOnlyList<SlabSuspect>? Suspects);

/// <summary>A slab cache that grew.</summary>
/// <param name="GrownObjects">Objects in use more than before; may be negative where only pages came.</param>
public sealed record SlabSuspect(string Name, long GrownBytes, long GrownObjects);
