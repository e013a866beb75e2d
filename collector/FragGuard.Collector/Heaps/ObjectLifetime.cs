using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>How long the objects of one site and type live. Estimated from samples; all shares are of bytes, 0..1.</summary>
/// <param name="Site">Index into <see cref="HeapHistory.Sites"/>; −1 when unknown.</param>
/// <param name="Samples">Objects that were drawn.</param>
/// <param name="Bytes">Estimated bytes allocated.</param>
/// <param name="Error">95 % interval of the estimates: these times <paramref name="Bytes"/>.</param>
/// <param name="Objects">Estimated objects allocated.</param>
/// <param name="DiedShares">Share that a GC found dead in generation 0, 1, 2, among large and among pinned objects.</param>
/// <param name="LiveShare">Share alive when a GC of their generation last looked.</param>
/// <param name="UnjudgedShare">Share born after the last GC of their generation: all of it where no GC lists survivors.</param>
/// <param name="UnknownShare">Share that was lost sight of: outside every listed region.</param>
/// <param name="MedianMs">
/// Time until the GC that found them dead which half of the bytes did not outlive, in steps of a fifth; null when half or
/// more are still alive.
/// </param>
/// <param name="MedianGcs">The same in GCs.</param>
public sealed record ObjectLifetime(
    int Site,
    long Samples,
    double Bytes,
    SampleError Error,
    double Objects,
    IReadOnlyList<double> DiedShares,
    double LiveShare,
    double UnjudgedShare,
    double UnknownShare,
    double? MedianMs,
    double? MedianGcs);
