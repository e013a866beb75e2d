using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Pools;

/// <summary>
/// Gathers what array pools did. A rented array is known by its identity within its pool and length; which array a
/// shared pool drops or trims is not told reliably, so these are only counted.
/// </summary>
internal sealed class PoolLog
{
    private readonly Dictionary<(int Pool, int Length), PoolDraft> _uses = [];
    private readonly Dictionary<(int Pool, int Length, int Stack), RentDraft> _rents = [];
    private readonly RentsOut _out = new();
    private readonly HashSet<int> _configurable = [];
    private (int Pool, int Length) _lastKey;
    private PoolDraft? _last;

    public void Rented(int buffer, int length, int pool, int bucket, int stack)
    {
        ObserveBucket(pool, bucket);
        PoolDraft use = Use(pool, length);
        use.Rented++;
        RentDraft rent = Rent(pool, length, stack);
        rent.Rents++;
        if (_out.TryAdd((pool, length, buffer), rent))
            rent.Outstanding++;
        else
            use.Unfollowed++;
    }

    public void Returned(int buffer, int length, int pool)
    {
        PoolDraft use = Use(pool, length);
        use.Returned++;
        if (_out.Remove((pool, length, buffer)) is not { } rent)
            return;

        rent.Returned++;
        rent.Outstanding--;
        use.Matched++;
    }

    public void Allocated(int length, int pool, int bucket, PoolAllocationReason reason)
    {
        PoolDraft use = Use(pool, length);
        ObserveBucket(pool, bucket);
        switch (reason)
        {
            case PoolAllocationReason.Pooled:
                _configurable.Add(pool);
                use.AllocatedPooled++;
                break;
            case PoolAllocationReason.OverMaximumSize:
                use.AllocatedOverMaximumSize++;
                break;
            default:
                use.AllocatedPoolExhausted++;
                break;
        }
    }

    public void Dropped(int length, int pool, int bucket, bool isOverMaximumSize)
    {
        ObserveBucket(pool, bucket);
        if (isOverMaximumSize)
            Use(pool, length).DroppedOverMaximumSize++;
        else
            Use(pool, length).DroppedFull++;
    }

    public void Trimmed(int length, int pool) => Use(pool, length).Trimmed++;

    /// <summary>Rents that were counted, but not followed until their return.</summary>
    public long Unfollowed => _uses.Values.Sum(use => use.Unfollowed);

    public IReadOnlyList<PoolUse> BuildUses() =>
        [.. _uses.OrderBy(pair => pair.Key).Select(pair => pair.Value.Build(pair.Key.Pool, pair.Key.Length, !_configurable.Contains(pair.Key.Pool)))];

    public IReadOnlyList<RentSite> BuildSites(SiteResolver resolver) =>
    [
        .. _rents
            .GroupBy(pair => (Site: resolver.Resolve(pair.Key.Stack), pair.Key.Pool, pair.Key.Length), pair => pair.Value)
            .Select(group => Sum(group.Key.Site, group.Key.Pool, group.Key.Length, group))
            .OrderByDescending(site => site.Outstanding)
            .ThenByDescending(site => site.Rents),
    ];

    private static RentSite Sum(AllocationSite site, int pool, int length, IEnumerable<RentDraft> rents)
    {
        RentDraft[] all = [.. rents];
        return new RentSite(
            site, pool, length, all.Sum(one => one.Rents), all.Sum(one => one.Returned), all.Sum(one => one.Outstanding));
    }

    // A shared pool numbers its buckets 0 to 26 and says −1 for a miss; a created pool gives the bucket's identity hash.
    private void ObserveBucket(int pool, int bucket)
    {
        if (bucket is < -1 or > 26)
            _configurable.Add(pool);
    }

    private PoolDraft Use(int pool, int length)
    {
        if (_last is not null && _lastKey == (pool, length))
            return _last;

        if (!_uses.TryGetValue((pool, length), out PoolDraft? use))
            _uses[(pool, length)] = use = new PoolDraft();
        _lastKey = (pool, length);
        return _last = use;
    }

    private RentDraft Rent(int pool, int length, int stack)
    {
        if (!_rents.TryGetValue((pool, length, stack), out RentDraft? rent))
            _rents[(pool, length, stack)] = rent = new RentDraft();
        return rent;
    }
}
