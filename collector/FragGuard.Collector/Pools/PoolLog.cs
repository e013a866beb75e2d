using System;
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
    private const int MaxUses = 4096;
    private const int MaxRents = 1 << 16;
    private const int MaxCallers = 1 << 16;

    // Those of a stack, innermost first: what is wrong with a rent is wrong near to it.
    private const int MaxCallersOfStack = 32;
    private const int NoBucket = -1;
    private const int LastSharedBucket = 26;
    private const int LongestShared = 1 << 30;

    private readonly Dictionary<(int Pool, int Length), PoolDraft> _uses = [];
    private readonly Dictionary<(int Pool, int Length, int Stack), RentDraft> _rents = [];
    private readonly Dictionary<(int Pool, int Length, int Stack), ReturnDraft> _returns = [];
    private readonly RentsOut _out = new();
    private readonly Dictionary<int, PoolIdentity> _pools = [];
    private (int Pool, int Length) _lastKey;
    private PoolDraft? _last;
    private bool _knowsRents;

    /// <summary>Events of pools and lengths beyond the first 4096.</summary>
    public long Unlisted { get; private set; }

    /// <summary>Rents that were counted, but not followed until their return.</summary>
    public long Unfollowed => _uses.Values.Sum(use => use.Unfollowed);

    /// <summary>Callers of rents and returns that were left out.</summary>
    public long CallersLeftOut { get; private set; }

    public void Rented(double timeMs, int buffer, int length, int pool, int bucket, int stack)
    {
        _knowsRents = true;
        if (Use(pool, length) is not { } use)
            return;

        ObserveBucket(pool, bucket);
        RentDraft rent = Rent(pool, length, stack);
        rent.Rents++;
        rent.LastRentMs = timeMs;
        bool isFollowed = _out.TryAdd((pool, length, buffer), rent);
        if (isFollowed)
            rent.Outstanding++;
        use.AddRent(timeMs, bucket == NoBucket, isFollowed);
    }

    public void Returned(double timeMs, long thread, int buffer, int length, int pool, int stack)
    {
        _knowsRents = true;
        if (Use(pool, length) is not { } use)
            return;

        RentDraft? rent = _out.Remove((pool, length, buffer));
        if (rent is not null)
        {
            rent.Returned++;
            rent.Outstanding--;
        }

        ReturnDraft returning = Return(pool, length, stack);
        returning.Returned++;
        if (rent is null)
            returning.Unseen++;
        use.AddReturn(timeMs, thread, rent is not null);
    }

    /// <param name="birth">The last sampled allocation of the thread, where it was one of an array.</param>
    public void Allocated(int length, int pool, int bucket, PoolAllocationReason reason, int stack, ArrayBirth? birth)
    {
        if (Use(pool, length) is not { } use)
            return;

        use.AddAllocation(reason);
        Rent(pool, length, stack).Misses++;
        ObserveBucket(pool, bucket);
        PoolIdentity identity = _pools[pool];
        if (reason == PoolAllocationReason.Pooled || (reason == PoolAllocationReason.OverMaximumSize && length < LongestShared))
            identity.Kind = PoolKind.Created;
        if (birth is { } array && array.ElementBytesAt(length) is { } bytes)
            identity.Elements.Add(array.ElementType, bytes);
    }

    public void Dropped(int length, int pool, int bucket, bool isOverMaximumSize)
    {
        if (Use(pool, length) is not { } use)
            return;

        ObserveBucket(pool, bucket);
        use.AddDrop(isOverMaximumSize);
    }

    public void Trimmed(int length, int pool)
    {
        if (Use(pool, length) is not { } use)
            return;

        _pools[pool].Kind = PoolKind.Shared;
        use.AddTrim();
    }

    public IReadOnlyList<PoolUse> BuildUses(SiteResolver resolver, double endMs, PoolView view) =>
        _uses.Count == 0 ? [] : UsesOf(resolver, endMs, view);

    private List<PoolUse> UsesOf(SiteResolver resolver, double endMs, PoolView view)
    {
        foreach ((int pool, _, int stack) in _rents.Keys)
            _pools[pool].Observe(resolver, stack, view.PointerBytes);
        return
        [
            .. _uses.OrderBy(pair => pair.Key).Select(pair => PoolUses.Build(
                pair.Key.Pool, pair.Key.Length, pair.Value, _pools[pair.Key.Pool].Kind, _pools[pair.Key.Pool].Element,
                _knowsRents, endMs, view)),
        ];
    }

    public IReadOnlyList<RentSite> BuildSites(SiteResolver resolver) =>
        _rents.Count == 0 ? [] : SitesOf(resolver);

    private List<RentSite> SitesOf(SiteResolver resolver) =>
    [
        .. _rents
            .GroupBy(pair => (Site: resolver.Resolve(pair.Key.Stack), pair.Key.Pool, pair.Key.Length))
            .Select(group => Sum(group.Key.Site, group.Key.Pool, group.Key.Length, group.Select(pair => pair.Value)) with
            {
                IsGenerated = group.Any(pair => resolver.IsGenerated(pair.Key.Stack)),
            })
            .OrderByDescending(site => site.Outstanding)
            .ThenByDescending(site => site.Rents)
            .ThenByDescending(site => site.Misses),
    ];

    /// <summary>The same by the places that called those sites, directly or not; one array counts for each of them.</summary>
    public IReadOnlyList<RentSite> BuildCallers(SiteResolver resolver) =>
        _rents.Count == 0 ? [] : CallersOf(resolver);

    private List<RentSite> CallersOf(SiteResolver resolver) =>
    [
        .. ByCaller(_rents, resolver).Select(pair => Sum(pair.Key.Caller, pair.Key.Pool, pair.Key.Length, pair.Value)),
    ];

    /// <summary>Most arrays that were not out first.</summary>
    public IReadOnlyList<ReturnSite> BuildReturnSites(SiteResolver resolver) =>
        _returns.Count == 0 ? [] : ReturnSitesOf(resolver);

    private List<ReturnSite> ReturnSitesOf(SiteResolver resolver) =>
    [
        .. _returns
            .GroupBy(pair => (Site: resolver.Resolve(pair.Key.Stack), pair.Key.Pool, pair.Key.Length), pair => pair.Value)
            .Select(group => Sum(group.Key.Site, group.Key.Pool, group.Key.Length, group))
            .OrderByDescending(site => site.Unseen)
            .ThenByDescending(site => site.Returned),
    ];

    /// <summary>The same by the places that called those sites, directly or not; one array counts for each of them.</summary>
    public IReadOnlyList<ReturnSite> BuildReturnCallers(SiteResolver resolver) =>
        _returns.Count == 0 ? [] : ReturnCallersOf(resolver);

    private List<ReturnSite> ReturnCallersOf(SiteResolver resolver) =>
    [
        .. ByCaller(_returns, resolver).Select(pair => Sum(pair.Key.Caller, pair.Key.Pool, pair.Key.Length, pair.Value)),
    ];

    private Dictionary<(AllocationSite Caller, int Pool, int Length), List<TDraft>> ByCaller<TDraft>(
        Dictionary<(int Pool, int Length, int Stack), TDraft> drafts, SiteResolver resolver)
    {
        Dictionary<(AllocationSite, int, int), List<TDraft>> byCaller = [];
        foreach (IGrouping<int, KeyValuePair<(int Pool, int Length, int Stack), TDraft>> ofStack in drafts.GroupBy(pair => pair.Key.Stack))
        {
            IReadOnlyList<AllocationSite> callers = resolver.CallersOf(ofStack.Key);
            CallersLeftOut += Math.Max(0, callers.Count - MaxCallersOfStack);
            foreach (AllocationSite caller in callers.Take(MaxCallersOfStack))
            {
                foreach (((int pool, int length, _), TDraft draft) in ofStack)
                {
                    if (byCaller.TryGetValue((caller, pool, length), out List<TDraft>? known))
                        known.Add(draft);
                    else if (byCaller.Count < MaxCallers)
                        byCaller[(caller, pool, length)] = [draft];
                    else
                        CallersLeftOut++;
                }
            }
        }

        return byCaller;
    }

    private static ReturnSite Sum(AllocationSite site, int pool, int length, IEnumerable<ReturnDraft> returns)
    {
        ReturnDraft[] all = [.. returns];
        return new ReturnSite(site, pool, length, all.Sum(static one => one.Returned), all.Sum(static one => one.Unseen));
    }

    private static RentSite Sum(AllocationSite site, int pool, int length, IEnumerable<RentDraft> rents)
    {
        RentDraft[] all = [.. rents];
        return new RentSite(
            site, pool, length, all.Sum(one => one.Rents), all.Sum(one => one.Returned), all.Sum(one => one.Outstanding),
            all.Sum(one => one.Misses))
        {
            LastRentMs = all.Max(one => one.LastRentMs),
        };
    }

    // A shared pool numbers its buckets 0 to 26; a created pool gives the bucket's identity hash. Both say −1 for none.
    private void ObserveBucket(int pool, int bucket)
    {
        if (IsBucketOfCreated(bucket))
            _pools[pool].Kind = PoolKind.Created;
        else if (bucket != NoBucket)
            _pools[pool].Kind = PoolKind.Shared;
    }

    private static bool IsBucketOfCreated(int bucket) => bucket is < NoBucket or > LastSharedBucket;

    private PoolDraft? Use(int pool, int length)
    {
        if (_last is not null && _lastKey == (pool, length))
            return _last;

        if (!_uses.TryGetValue((pool, length), out PoolDraft? use))
        {
            if (_uses.Count >= MaxUses)
            {
                Unlisted++;
                return null;
            }

            _uses[(pool, length)] = use = new PoolDraft();
            if (!_pools.ContainsKey(pool))
                _pools[pool] = new PoolIdentity();
        }

        _lastKey = (pool, length);
        return _last = use;
    }

    // Beyond the last place for them, the stacks of one pool and length count together.
    private RentDraft Rent(int pool, int length, int stack)
    {
        if (_rents.TryGetValue((pool, length, stack), out RentDraft? rent))
            return rent;

        return stack != StackTable.Empty && _rents.Count >= MaxRents
            ? Rent(pool, length, StackTable.Empty)
            : _rents[(pool, length, stack)] = new RentDraft();
    }

    private ReturnDraft Return(int pool, int length, int stack)
    {
        if (_returns.TryGetValue((pool, length, stack), out ReturnDraft? draft))
            return draft;

        return stack != StackTable.Empty && _returns.Count >= MaxRents
            ? Return(pool, length, StackTable.Empty)
            : _returns[(pool, length, stack)] = new ReturnDraft();
    }
}
