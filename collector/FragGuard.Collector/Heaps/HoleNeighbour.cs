namespace FragGuard.Collector.Heaps;

/// <summary>Objects of one site and type that stand right beside holes.</summary>
/// <param name="Site">Index into <see cref="HeapHistory.Sites"/>; −1 when unknown.</param>
/// <param name="Seen">Sides of holes where one was seen; a hole has two.</param>
/// <param name="SeenBytes">Bytes of those holes; each of its two sides has half of a hole.</param>
/// <param name="EstimatedSides">
/// Sides of holes they stand for: a small object is drawn from many. The error is that of <paramref name="Seen"/> samples.
/// </param>
/// <param name="EstimatedBytes">Bytes of holes they stand for, halved likewise; at most what the generation has.</param>
public readonly record struct HoleNeighbour(
    int Site, long Seen, long SeenBytes, double EstimatedSides, double EstimatedBytes);
