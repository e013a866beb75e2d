namespace FragGuard.Collector.Snapshots;

/// <summary>Holes whose size lies in [<paramref name="MinBytes"/>, 2 · <paramref name="MinBytes"/>).</summary>
public sealed record HoleBucket(long MinBytes, long Holes, long Bytes);
