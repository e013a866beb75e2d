using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Streams;

/// <summary>Gathers what recyclable memory streams did.</summary>
internal sealed class StreamLog
{
    private const int MaxManagers = 64;
    private const int MaxStreams = 1 << 18;
    private const int MaxSites = 4096;
    private const int MaxThreads = 4096;

    private readonly List<StreamManager> _managers = [];
    private readonly Dictionary<Guid, StreamDraft> _live = [];
    private readonly Dictionary<(int Stack, string Tag), StreamDraft> _sites = [];
    private readonly Dictionary<long, (Guid Stream, StreamDraft Site)> _lastDisposed = [];
    private bool _isUsed;
    private bool _knowsStreams;
    private long _managersMade;
    private long _created;
    private long _disposed;
    private long _disposedTwice;
    private long _finalized;
    private long _copies;
    private long _copiedBytes;
    private long _overCapacity;
    private long _neverPooled;

    /// <summary>Streams that were counted but not followed until their end.</summary>
    public long Unfollowed { get; private set; }

    public StreamPoolDraft Small { get; } = new();

    public StreamPoolDraft Large { get; } = new();

    public void ManagerMade(StreamManager manager)
    {
        _isUsed = true;
        _managersMade++;
        if (_managers.Count < MaxManagers)
            _managers.Add(manager);
    }

    public void Created(Guid stream, string tag, int stack)
    {
        KnowStreams();
        _created++;
        StreamDraft site = Site(stack, tag);
        site.Created++;
        if (_live.Count >= MaxStreams || !_live.TryAdd(stream, site))
            Unfollowed++;
        else
            site.Outstanding++;
    }

    public void Disposed(long thread, Guid stream)
    {
        KnowStreams();
        _disposed++;
        if (!_live.Remove(stream, out StreamDraft? site))
            return;

        site.Disposed++;
        site.Outstanding--;
        if (_lastDisposed.Count >= MaxThreads)
            _lastDisposed.Clear();
        _lastDisposed[thread] = (stream, site);
    }

    public void DisposedTwice()
    {
        _isUsed = true;
        _disposedTwice++;
    }

    /// <summary>A finalizer first says that it disposes of the stream: that was no disposal by the program.</summary>
    public void Finalized(long thread, Guid stream)
    {
        _isUsed = true;
        _finalized++;
        if (_knowsStreams)
            _disposed--;
        if (!_lastDisposed.Remove(thread, out (Guid Stream, StreamDraft Site) last) || last.Stream != stream)
            return;

        last.Site.Disposed--;
        last.Site.Finalized++;
    }

    public void Copied(long bytes)
    {
        KnowStreams();
        _copies++;
        _copiedBytes += Math.Max(0, bytes);
    }

    public void NeverPooled()
    {
        KnowStreams();
        _neverPooled++;
    }

    public void OverCapacity()
    {
        _isUsed = true;
        _overCapacity++;
    }

    public void PoolUsed() => _isUsed = true;

    /// <summary>Null when there were no events of such streams.</summary>
    public StreamUse? Build(SiteResolver resolver) => _isUsed ? BuildUse(resolver) : null;

    private StreamUse BuildUse(SiteResolver resolver) => new()
    {
        Managers = _managers,
        ManagersMade = _managersMade,
        KnowsStreams = _knowsStreams,
        Created = _knowsStreams ? _created : null,
        Disposed = _knowsStreams ? _disposed : null,
        DisposedTwice = _disposedTwice,
        Finalized = _finalized,
        Outstanding = _knowsStreams ? _sites.Values.Sum(site => site.Outstanding) : null,
        CopiedToArray = _knowsStreams ? _copies : null,
        CopiedToArrayBytes = _knowsStreams ? _copiedBytes : null,
        OverCapacity = _overCapacity,
        NeverPooled = _knowsStreams ? _neverPooled : null,
        Small = Small.Build(),
        Large = Large.Build(),
        Unfollowed = Unfollowed,
        Sites =
        [
            .. _sites
                .GroupBy(pair => (Site: resolver.Resolve(pair.Key.Stack), pair.Key.Tag), pair => pair.Value)
                .Select(group => Sum(group.Key.Site, group.Key.Tag, [.. group]))
                .OrderByDescending(site => site.Finalized)
                .ThenByDescending(site => site.Outstanding)
                .ThenByDescending(site => site.Created),
        ],
    };

    private static StreamSite Sum(AllocationSite site, string tag, StreamDraft[] all) => new(
        site, tag, all.Sum(one => one.Created), all.Sum(one => one.Disposed), all.Sum(one => one.Finalized),
        all.Sum(one => one.Outstanding));

    private void KnowStreams()
    {
        _isUsed = true;
        _knowsStreams = true;
    }

    // Beyond the last place for them, tags and stacks count together.
    private StreamDraft Site(int stack, string tag)
    {
        if (_sites.TryGetValue((stack, tag), out StreamDraft? site))
            return site;

        (int Stack, string Tag) key = _sites.Count < MaxSites ? (stack, tag) : (StackTable.Empty, "");
        if (!_sites.TryGetValue(key, out site))
            _sites[key] = site = new StreamDraft();
        return site;
    }
}
