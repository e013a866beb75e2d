using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>Sizes of many things in bytes.</summary>
/// <param name="Buckets">By powers of two, smallest first; sizes that nothing has are left out. 0 is a bucket of its own.</param>
public sealed record SizeDistribution(
    long Count, long TotalBytes, long MinBytes, long MedianBytes, long P90Bytes, long P99Bytes, long MaxBytes,
    IReadOnlyList<SizeCount> Buckets);

/// <summary>Things whose size lies in [<paramref name="MinBytes"/>, 2 · <paramref name="MinBytes"/>), or is 0.</summary>
public sealed record SizeCount(long MinBytes, long Count, long Bytes);
