namespace FragGuard.Collector.Streams;

/// <summary>The small or the large pool of recyclable streams, all managers of the process together.</summary>
/// <param name="Made">Buffers made because the pool had none.</param>
/// <param name="DiscardedTooLarge">Buffers given to the GC because they are larger than the pool keeps.</param>
/// <param name="DiscardedEnoughFree">
/// Times that buffers were given to the GC because the pool had enough; blocks that come back together count once.
/// </param>
/// <param name="LastInUseBytes">In use when an event last told; null when none did.</param>
/// <param name="PeakInUseBytes">Most bytes in use that an event told of.</param>
/// <param name="LastFreeBytes">Kept unused when a discard last told; null when nothing was discarded.</param>
public sealed record StreamPool(
    long Made, long DiscardedTooLarge, long DiscardedEnoughFree, long? LastInUseBytes, long? PeakInUseBytes, long? LastFreeBytes);
