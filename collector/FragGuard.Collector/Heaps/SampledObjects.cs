using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Objects drawn at birth, followed through the moves of GCs until a GC leaves them out. At most
/// <see cref="MaxFollowed"/> are followed at a time: beyond that every other one is let go, and the rest stand for twice
/// as much.
/// </summary>
internal sealed class SampledObjects(AllocationSources sources)
{
    public const int MaxFollowed = 1 << 17;
    private const int All = 2;

    private readonly List<SampledObject> _newborn = [];
    private readonly List<SampledObject>[] _old = [[], [], [], [], []];
    private readonly LifetimesBySource _lifetimes = new();

    // Another one whenever objects of _old come, go or change places.
    private long _version;
    private int _gcs;
    private int _thinnings;
    private uint _draw = 1;

    public SampleKind Kind { get; private set; }

    public AllocationSources Sources => sources;

    /// <summary>What each source allocated when, followed or not.</summary>
    public AllocationSteps Steps { get; } = new();

    /// <summary>Objects followed now.</summary>
    public int Followed { get; private set; }

    /// <summary>Objects of a generation, in no order; valid until anything is born, collected or moved.</summary>
    public ReadOnlySpan<SampledObject> In(int generation) => CollectionsMarshal.AsSpan(_old[generation]);

    /// <summary>Objects born since a GC last told whose they are; valid as long.</summary>
    public ReadOnlySpan<SampledObject> Newborn => CollectionsMarshal.AsSpan(_newborn);

    /// <summary>Sets the source of each address where an object is; all addresses lie from first to last.</summary>
    public void FindSources(Dictionary<ulong, int> sources, ulong first, ulong last)
    {
        foreach (List<SampledObject> generation in _old)
            FindSources(generation, sources, first, last);
        FindSources(_newborn, sources, first, last);
    }

    private static void FindSources(List<SampledObject> objects, Dictionary<ulong, int> sources, ulong first, ulong last)
    {
        foreach (ref readonly SampledObject one in CollectionsMarshal.AsSpan(objects))
        {
            if (one.Address >= first && one.Address <= last && sources.ContainsKey(one.Address))
                sources[one.Address] = one.Source;
        }
    }

    /// <param name="weight">Allocated bytes it stands for.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Born(SampleKind kind, double timeMs, ulong address, long bytes, double weight, int source)
    {
        if (bytes <= 0 || address == 0 || address >= GenerationExtent.MaxBytes || !(weight > 0)
            || (kind == SampleKind.Ticks && Kind == SampleKind.Drawn))
        {
            return;
        }

        Kind = kind;
        SampledObject one = new(address, bytes, weight, source, IsJudged: false, timeMs, _gcs, 0);
        _lifetimes.Of(source).Born(in one);
        Steps.Add(source, timeMs, weight);
        if (!IsKept())
            return;

        _newborn.Add(one with { Weight = weight * (1 << _thinnings) });
        if (++Followed > MaxFollowed)
            Thin();
    }

    public void GcStarted() => _gcs++;

    /// <summary>The objects that a GC of that generation will decide about; the heap has the regions that it starts with.</summary>
    /// <param name="reused">Of a GC that is over; starts over for this one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FollowedAddresses Follow(int condemned, HeapState before, FollowedAddresses? reused = null)
    {
        Settle(before);
        FollowedAddresses followed = reused ?? new FollowedAddresses();
        followed.Clear(CondemnedBy(condemned));
        for (int generation = 0; generation < _old.Length; generation++)
        {
            if (!HeapState.IsCondemned(generation, condemned))
                continue;

            foreach (ref readonly SampledObject one in In(generation))
                followed.Add(one.Address);
        }

        followed.Begin(_version);
        return followed;
    }

    private int CondemnedBy(int condemned)
    {
        int objects = 0;
        for (int generation = 0; generation < _old.Length; generation++)
            objects += HeapState.IsCondemned(generation, condemned) ? _old[generation].Count : 0;
        return objects;
    }

    /// <summary>A blocking GC found its survivors.</summary>
    public void Collected(int condemned, double timeMs, SurvivorExtents survivors) =>
        Judge(condemned, timeMs, survivors.Followed, double.PositiveInfinity);

    /// <summary>A background GC listed what is alive. What was born beside it is alive until another one says otherwise.</summary>
    public void CollectedInBackground(double startMs, double timeMs, SurvivorExtents survivors) =>
        Judge(All, timeMs, survivors.Followed, startMs);

    /// <summary>
    /// The heap has the regions that a GC ended with: the objects it collected belong to the generation of theirs.
    /// </summary>
    public void Moved(int condemned, HeapState after)
    {
        _version++;
        for (int generation = 0; generation < _old.Length; generation++)
        {
            if (HeapState.IsCondemned(generation, condemned))
                Move(generation, after);
        }
    }

    /// <summary>Per source, with what is still alive; key −1 holds what had none.</summary>
    public Dictionary<int, SourceLifetimes> Build()
    {
        Dictionary<int, SourceLifetimes> all = _lifetimes.Build();
        foreach (SourceLifetimes one in all.Values)
            one.LiveBytes = one.UnjudgedBytes = 0;
        foreach (List<SampledObject> generation in _old)
        {
            foreach (SampledObject one in generation)
            {
                SourceLifetimes lifetimes = _lifetimes.Of(one.Source);
                if (one.IsJudged)
                    lifetimes.LiveBytes += one.Weight;
                else
                    lifetimes.UnjudgedBytes += one.Weight;
            }
        }

        foreach (SampledObject one in _newborn)
            _lifetimes.Of(one.Source).UnjudgedBytes += one.Weight;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Settle(HeapState before)
    {
        _version++;
        foreach (ref readonly SampledObject one in Newborn)
            Place(one, before);
        _newborn.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int generation, HeapState after)
    {
        List<SampledObject> list = _old[generation];
        int kept = 0;
        for (int i = 0; i < list.Count; i++)
        {
            // An object that goes elsewhere is added to the list of another generation only.
            ref readonly SampledObject one = ref In(generation)[i];
            if (after.Find(one.Address)?.Extent.Generation == generation)
                list[kept++] = one;
            else
                Place(one, after);
        }

        CollectionsMarshal.SetCount(list, kept);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(in SampledObject one, HeapState heap)
    {
        if (heap.Find(one.Address) is { } region)
            _old[region.Extent.Generation].Add(one with { Generation = region.Extent.Generation });
        else
            Lose(one);
    }

    private void Judge(int condemned, double timeMs, FollowedAddresses followed, double bornBeforeMs)
    {
        bool isNumbered = followed.Version == _version && followed.Count == CondemnedBy(condemned);
        ReadOnlySpan<ulong> after = followed.After;
        for (int generation = 0; generation < _old.Length; generation++)
        {
            if (!HeapState.IsCondemned(generation, condemned))
                continue;

            List<SampledObject> list = _old[generation];
            int count = list.Count;
            int alive = isNumbered
                ? Judge(CollectionsMarshal.AsSpan(list), after[..count], timeMs, bornBeforeMs)
                : Judge(CollectionsMarshal.AsSpan(list), followed, timeMs, bornBeforeMs);
            after = isNumbered ? after[count..] : after;
            CollectionsMarshal.SetCount(list, alive);
        }

        _version++;
    }

    // The list has changed since the GC began to look.
    private int Judge(Span<SampledObject> objects, FollowedAddresses followed, double timeMs, double bornBeforeMs)
    {
        ulong[] after = new ulong[objects.Length];
        for (int i = 0; i < after.Length; i++)
            after[i] = followed.Find(objects[i].Address) ?? 0;
        return Judge(objects, after, timeMs, bornBeforeMs);
    }

    // The survivors are put together at the start; returns their number.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Judge(Span<SampledObject> objects, ReadOnlySpan<ulong> after, double timeMs, double bornBeforeMs)
    {
        int kept = 0;
        for (int i = 0; i < objects.Length; i++)
        {
            ref SampledObject one = ref objects[i];
            if (one.BornMs >= bornBeforeMs)
            {
                objects[kept++] = one;
            }
            else if (after[i] != 0)
            {
                one.Address = after[i];
                one.IsJudged = true;
                objects[kept++] = one;
            }
            else
            {
                _lifetimes.Of(one.Source).Died(in one, timeMs, _gcs);
                Followed--;
            }
        }

        return kept;
    }

    private void Lose(in SampledObject one)
    {
        _lifetimes.Of(one.Source).Lost(in one);
        Followed--;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsKept()
    {
        for (int i = 0; i < _thinnings; i++)
        {
            if (!Toss())
                return false;
        }

        return true;
    }

    private void Thin()
    {
        _thinnings++;
        Followed = Thin(_newborn);
        foreach (List<SampledObject> generation in _old)
            Followed += Thin(generation);
    }

    private int Thin(List<SampledObject> objects)
    {
        _version++;
        int kept = 0;
        for (int i = 0; i < objects.Count; i++)
        {
            if (Toss())
                objects[kept++] = objects[i] with { Weight = 2 * objects[i].Weight };
        }

        objects.RemoveRange(kept, objects.Count - kept);
        return kept;
    }

    // Marsaglia's xorshift: the same recording gives the same figures.
    private bool Toss()
    {
        _draw ^= _draw << 13;
        _draw ^= _draw >> 17;
        _draw ^= _draw << 5;
        return (_draw & 0x8000) != 0;
    }
}
