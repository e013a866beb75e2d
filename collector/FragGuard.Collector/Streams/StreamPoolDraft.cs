using System;

namespace FragGuard.Collector.Streams;

/// <summary>Counts of one pool of recyclable streams while events still come in.</summary>
internal sealed class StreamPoolDraft
{
    private long _made;
    private long _tooLarge;
    private long _enoughFree;
    private long? _inUseBytes;
    private long? _peakBytes;
    private long? _freeBytes;

    public void AddMade(long inUseBytes)
    {
        _made++;
        Tell(inUseBytes);
    }

    /// <summary>The library says so for each large buffer, and once for all blocks that come back together.</summary>
    public void AddDiscarded(bool isTooLarge)
    {
        if (isTooLarge)
            _tooLarge++;
        else
            _enoughFree++;
    }

    public void Tell(long freeBytes, long inUseBytes)
    {
        _freeBytes = freeBytes;
        Tell(inUseBytes);
    }

    public StreamPool Build() => new(_made, _tooLarge, _enoughFree, _inUseBytes, _peakBytes, _freeBytes);

    private void Tell(long inUseBytes)
    {
        _inUseBytes = inUseBytes;
        _peakBytes = Math.Max(_peakBytes ?? 0, inUseBytes);
    }
}
