using System.Diagnostics.Tracing;

namespace FragGuard.Instrumentation;

/// <summary>The events of an instrumented cache, as FragGuard.Instrumentation defines them.</summary>
[EventSource(Name = "FragGuard-Cache")]
internal sealed class CacheEvents : EventSource
{
    public static readonly CacheEvents Log = new();

    private CacheEvents()
    {
    }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Entries)]
    public void Stored(string cache, long entry, long bytes, long timeToLiveMs) =>
        WriteEvent(1, cache, entry, bytes, timeToLiveMs);

    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Entries)]
    public void Removed(string cache, long entry, long bytes, string reason) =>
        WriteEvent(2, cache, entry, bytes, reason);

    public static class Keywords
    {
        public const EventKeywords Entries = (EventKeywords)0x1;
    }
}
