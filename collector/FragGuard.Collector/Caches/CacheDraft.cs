using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Caches;

/// <summary>One cache while its events still come in.</summary>
internal sealed class CacheDraft(CacheRoom room)
{
    private const int MaxReasons = 64;
    private const int MaxMoments = 512;

    private readonly Dictionary<long, long> _liveBytes = [];
    private readonly Dictionary<int, StoreDraft> _byStack = [];
    private readonly SortedDictionary<string, long> _removedByReason = new(StringComparer.Ordinal);
    private readonly Timeline<CacheMoment> _timeline = new(MaxMoments);
    private CacheMoment _last;
    private long _stored;
    private long _removed;
    private long _heldBytes;
    private long _peakEntries;
    private long _peakBytes;

    public void Stored(double timeMs, long entry, long bytes, int stack)
    {
        _stored++;
        if (_liveBytes.Remove(entry, out long previousBytes))
            Forget(previousBytes);
        if (room.TryTakeEntry())
        {
            _liveBytes[entry] = bytes;
            _heldBytes += bytes;
        }

        _peakEntries = Math.Max(_peakEntries, _liveBytes.Count);
        _peakBytes = Math.Max(_peakBytes, _heldBytes);
        Note(timeMs);
        StoreOf(stack).Add(bytes);
    }

    public void Removed(double timeMs, long entry, string reason)
    {
        _removed++;
        if (_removedByReason.ContainsKey(reason) || _removedByReason.Count < MaxReasons)
            _removedByReason[reason] = _removedByReason.GetValueOrDefault(reason) + 1;
        if (_liveBytes.Remove(entry, out long bytes))
            Forget(bytes);
        Note(timeMs);
    }

    public CacheUse Build(string name, SiteResolver resolver)
    {
        StoreSite[] sites =
        [
            .. _byStack
                .GroupBy(pair => resolver.Resolve(pair.Key), pair => pair.Value)
                .Select(group => Sum(group.Key, [.. group]))
                .OrderByDescending(site => site.Stored),
        ];
        return new CacheUse(
            name, _stored, _removed, _liveBytes.Count, _heldBytes, _peakEntries, _peakBytes,
            sites.Length == 0 ? 0 : sites.Min(site => site.MinEntryBytes),
            sites.Length == 0 ? 0 : sites.Max(site => site.MaxEntryBytes),
            _removedByReason, _timeline.Build(_last), sites);
    }

    private void Note(double timeMs)
    {
        _last = new CacheMoment(timeMs, _liveBytes.Count, _heldBytes);
        if (_timeline.IsDue)
            _timeline.Add(_last);
    }

    private void Forget(long bytes)
    {
        _heldBytes -= bytes;
        room.GiveEntryBack();
    }

    // Without room for one more, the store is shown without its site.
    private StoreDraft StoreOf(int stack)
    {
        if (_byStack.TryGetValue(stack, out StoreDraft? store))
            return store;
        if (stack != StackTable.Empty && !room.TryTakeSite())
            return StoreOf(StackTable.Empty);
        return _byStack[stack] = new StoreDraft();
    }

    private static StoreSite Sum(AllocationSite site, StoreDraft[] stores) => new(
        site, stores.Sum(one => one.Count), stores.Sum(one => one.Bytes), stores.Min(one => one.MinBytes),
        stores.Max(one => one.MaxBytes));
}
