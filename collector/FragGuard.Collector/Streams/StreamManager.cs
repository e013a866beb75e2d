namespace FragGuard.Collector.Streams;

/// <summary>The settings a RecyclableMemoryStreamManager began with.</summary>
/// <param name="BlockBytes">Bytes of a block of the small pool.</param>
/// <param name="LargeBufferMultipleBytes">What sizes of large buffers are multiples of, or doubled from.</param>
/// <param name="MaximumBufferBytes">Larger buffers are never kept.</param>
public sealed record StreamManager(int BlockBytes, int LargeBufferMultipleBytes, int MaximumBufferBytes);
