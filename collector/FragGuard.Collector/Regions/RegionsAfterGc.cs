using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Regions;

/// <summary>Where the generations lay when a GC ended.</summary>
/// <param name="Gc">The runtime's count of the GC.</param>
/// <param name="Age">How long ago, at most, it ended when the session was over.</param>
/// <param name="Regions">In address order, without overlap.</param>
public sealed record RegionsAfterGc(int Gc, TimeSpan Age, IReadOnlyList<GcRegion> Regions);
