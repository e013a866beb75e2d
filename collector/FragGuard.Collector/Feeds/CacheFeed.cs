using System;
using System.Diagnostics.Tracing;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Sites;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Session;

namespace FragGuard.Collector.Feeds;

/// <summary>Entries that instrumented caches store and remove, from the events of FragGuard.Instrumentation.</summary>
internal sealed class CacheFeed
{
    public const string Provider = "FragGuard-Cache";

    private const int Stored = 1;
    private const int Removed = 2;
    private static readonly Guid ProviderId = TraceEventProviders.GetEventSourceGuidFromName(Provider);

    private readonly CacheLog _log;
    private readonly StackTable _stacks;

    public CacheFeed(TraceEventDispatcher source, CacheLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        source.AllEvents += OnEvent;
    }

    public static ProviderRequest Request => new(Provider, 0x1, EventLevel.Informational);

    private void OnEvent(TraceEvent data)
    {
        int id = (int)data.ID;
        if (data.ProviderGuid != ProviderId || id is not (Stored or Removed))
            return;

        Payload payload = new(data);
        string cache = payload.ReadText();
        long entry = payload.ReadInt64();
        long bytes = payload.ReadInt64();
        if (id == Stored)
            _log.Stored(data.TimeStampRelativeMSec, cache, entry, bytes, _stacks.Intern(EventStack.Of(data)));
        else
            _log.Removed(data.TimeStampRelativeMSec, cache, entry, payload.ReadText());
    }
}
