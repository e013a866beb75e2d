namespace FragGuard.Collector.Heaps;

/// <summary>Holes of [<paramref name="MinBytes"/>, 2 · <paramref name="MinBytes"/>) bytes; MinBytes is a power of two.</summary>
public readonly record struct HoleBucket(long MinBytes, long Holes, long Bytes);
