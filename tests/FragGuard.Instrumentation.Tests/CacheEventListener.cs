using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Threading;

namespace FragGuard.Instrumentation.Tests;

/// <summary>Listens to the provider by its public name and keeps what it hears.</summary>
public sealed class CacheEventListener : EventListener
{
    private readonly List<CacheEvent> _events = [];

    public IReadOnlyList<CacheEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>The names of the events heard, in order, parted by spaces.</summary>
    public string Names => string.Join(' ', Events.Select(told => told.Name));

    /// <summary>Waits for what the cache tells on the thread pool.</summary>
    public IReadOnlyList<CacheEvent> WaitFor(int count)
    {
        Assert.True(SpinWait.SpinUntil(() => Events.Count >= count, TimeSpan.FromSeconds(10)));
        return Events;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (string.Equals(eventSource.Name, "FragGuard-Cache", StringComparison.Ordinal))
            EnableEvents(eventSource, EventLevel.Informational, (EventKeywords)0x1);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId is not (1 or 2))
            return;

        var payload = eventData.Payload!;
        var told = new CacheEvent(
            eventData.EventName!,
            (string)payload[0]!,
            (long)payload[1]!,
            (long)payload[2]!,
            payload[3]!,
            Environment.CurrentManagedThreadId,
            Environment.StackTrace);
        lock (_events)
            _events.Add(told);
    }
}
