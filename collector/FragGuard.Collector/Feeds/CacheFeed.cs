using System.Diagnostics.Tracing;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Events;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Feeds;

/// <summary>Entries that instrumented caches store and remove, from the events of FragGuard.Instrumentation.</summary>
internal sealed class CacheFeed
{
    public const string Provider = "FragGuard-Cache";

    private readonly CacheLog _log;
    private readonly StackTable _stacks;

    public CacheFeed(EventRouter router, CacheLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        router.On(Provider, 1, OnStored);
        router.On(Provider, 2, OnRemoved);
    }

    public static ProviderRequest Request => new(Provider, 0x1, EventLevel.Informational);

    private void OnStored(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        string cache = fields.ReadText();
        long entry = fields.ReadInt64();
        _log.Stored(recorded.TimeMs, cache, entry, fields.ReadInt64(), _stacks.Intern(recorded));
    }

    private void OnRemoved(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        string cache = fields.ReadText();
        long entry = fields.ReadInt64();
        fields.Skip(sizeof(long));
        _log.Removed(recorded.TimeMs, cache, entry, fields.ReadText());
    }
}
