using System;

namespace FragGuard.Collector.Caches;

/// <summary>What one stack stored so far.</summary>
internal sealed class StoreDraft
{
    public long Count { get; private set; }

    public long Bytes { get; private set; }

    public long MinBytes { get; private set; } = long.MaxValue;

    public long MaxBytes { get; private set; }

    public void Add(long bytes)
    {
        Count++;
        Bytes += bytes;
        MinBytes = Math.Min(MinBytes, bytes);
        MaxBytes = Math.Max(MaxBytes, bytes);
    }
}
