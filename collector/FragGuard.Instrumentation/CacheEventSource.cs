using System;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;

namespace FragGuard.Instrumentation;

/// <summary>The provider of cache events. A reader finds it by its name.</summary>
[EventSource(Name = ProviderName)]
internal sealed class CacheEventSource : EventSource
{
    public const string ProviderName = "FragGuard-Cache";

    private const string Primitives = "The payload is numbers and texts, so no properties of objects are read.";

    public static CacheEventSource Log { get; } = new();

    private CacheEventSource()
    {
    }

    /// <summary>True while somebody listens to entries. Everything that costs anything stands behind it.</summary>
    [NonEvent]
    public bool ListensToEntries() => IsEnabled(EventLevel.Informational, Keywords.Entries);

    /// <summary>A value entered a cache. The stack of this event is the code that stored it.</summary>
    /// <param name="cache">Name that the program gave the cache.</param>
    /// <param name="entry">Number of this entry, unique in the process; a replacement is a new entry.</param>
    /// <param name="bytes">Payload bytes of the value; 0 when unknown.</param>
    /// <param name="timeToLiveMs">Milliseconds until an untouched entry expires; -1 when it never does.</param>
    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Entries)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitives)]
    public unsafe void Stored(string cache, long entry, long bytes, long timeToLiveMs)
    {
        fixed (char* name = cache)
        {
            EventData* payload = stackalloc EventData[4];
            payload[0] = Text(name, cache.Length);
            payload[1] = Number(&entry);
            payload[2] = Number(&bytes);
            payload[3] = Number(&timeToLiveMs);
            WriteEventCore(1, 4, payload);
        }
    }

    /// <summary>An entry left a cache.</summary>
    /// <param name="cache">Name that the program gave the cache.</param>
    /// <param name="entry">Number that <see cref="Stored"/> gave the entry.</param>
    /// <param name="bytes">The same bytes that <see cref="Stored"/> gave.</param>
    /// <param name="reason">Removed, Replaced, Expired, TokenExpired, Capacity or None.</param>
    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Entries)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Primitives)]
    public unsafe void Removed(string cache, long entry, long bytes, string reason)
    {
        fixed (char* name = cache, why = reason)
        {
            EventData* payload = stackalloc EventData[4];
            payload[0] = Text(name, cache.Length);
            payload[1] = Number(&entry);
            payload[2] = Number(&bytes);
            payload[3] = Text(why, reason.Length);
            WriteEventCore(2, 4, payload);
        }
    }

    /// <summary>A string with its terminating zero, in UTF-16.</summary>
    private static unsafe EventData Text(char* text, int length) =>
        new() { DataPointer = (IntPtr)text, Size = (length + 1) * sizeof(char) };

    private static unsafe EventData Number(long* number) =>
        new() { DataPointer = (IntPtr)number, Size = sizeof(long) };

    public static class Keywords
    {
        public const EventKeywords Entries = (EventKeywords)0x1;
    }
}
