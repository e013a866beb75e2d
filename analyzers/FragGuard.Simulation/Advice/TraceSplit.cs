using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>A trace's births parted into groups by size, by lifetime or by both.</summary>
internal sealed class TraceSplit
{
    private readonly byte[] _groupOfBirth;
    private readonly bool _countsKeys;

    /// <param name="sizeEdges">Ascending; a birth of at most so many bytes belongs below the edge.</param>
    /// <param name="lifetimeEdge">A life of at most so many events is short; null to leave lifetimes out.</param>
    public TraceSplit(TraceProfile profile, IReadOnlyList<long> sizeEdges, long? lifetimeEdge)
    {
        _countsKeys = profile.CountsKeys;
        SizeEdges = sizeEdges;
        LifetimeEdge = lifetimeEdge;
        Groups = (sizeEdges.Count + 1) * (lifetimeEdge is null ? 1 : 2);
        LargestBytes = new long[Groups];
        _groupOfBirth = new byte[profile.Births];
        for (int birth = 0; birth < profile.Births; birth++)
        {
            long bytes = profile.BytesOf(birth);
            int group = 0;
            while (group < sizeEdges.Count && bytes > sizeEdges[group])
                group++;
            if (lifetimeEdge is not null)
                group = (2 * group) + (profile.LifetimeOf(birth) <= lifetimeEdge ? 0 : 1);
            _groupOfBirth[birth] = (byte)group;
            LargestBytes[group] = Math.Max(LargestBytes[group], profile.LargestOf(birth));
        }
    }

    public IReadOnlyList<long> SizeEdges { get; }

    public long? LifetimeEdge { get; }

    public int Groups { get; }

    /// <summary>Largest request of each group, resizes included, in bytes; 0 for a group that no birth belongs to.</summary>
    public long[] LargestBytes { get; }

    /// <summary>No group is empty, so that the split does part something.</summary>
    public bool IsProper => LargestBytes.All(bytes => bytes > 0);

    public string Id => (SizeEdges.Count > 0, LifetimeEdge is not null) switch
    {
        (true, true) => "split-by-size-and-lifetime",
        (true, false) => "split-by-size",
        _ => "split-by-lifetime",
    };

    public string Advice
    {
        get
        {
            string sizes = "up to " + string.Join(", up to ", SizeEdges) + " and above " + (SizeEdges.Count == 0 ? 0 : SizeEdges[SizeEdges.Count - 1])
                + (_countsKeys ? " bytes, key included," : " bytes");
            string lives = $"what lives for at most {LifetimeEdge} events and what lives longer";
            return (SizeEdges.Count > 0, LifetimeEdge is not null) switch
            {
                (true, true) => $"keep blocks {sizes} apart, and in each {lives}",
                (true, false) => $"keep blocks {sizes} apart",
                _ => $"keep apart {lives}",
            };
        }
    }

    /// <summary>Tells the group of each birth; to be asked once for each, in the order of the trace.</summary>
    public Func<AllocationEvent, int> Router()
    {
        int birth = 0;
        return _ => _groupOfBirth[birth++];
    }

    /// <summary>The part of a trace that concerns one group, as <see cref="ZonedModel"/> would show it to the group's zone.</summary>
    public IEnumerable<AllocationEvent> Only(int group, IEnumerable<AllocationEvent> events)
    {
        int birth = 0;
        LiveBlocks<int> groupOf = new();
        foreach (AllocationEvent next in events)
        {
            if (ZonedModel.IsBirth(next))
            {
                int own = _groupOfBirth[birth++];
                bool isKnown = groupOf.TryGet(next.Id, out int old);
                if (isKnown && !ZonedModel.Replaces(next.Kind))
                    own = old;
                groupOf.Set(next.Id, own);
                if (own == group)
                    yield return next;
                else if (isKnown && old == group)
                    yield return next with { Kind = AllocationEventKind.Delete, Bytes = 0, Milliseconds = 0 };
            }
            else if (next.Kind is AllocationEventKind.Trim or AllocationEventKind.Collect or AllocationEventKind.Thread
                or AllocationEventKind.Time or AllocationEventKind.FlushAll or AllocationEventKind.FlushExpired)
            {
                yield return next;
            }
            else if (groupOf.TryGet(next.Id, out int holder) && holder == group)
            {
                if (next.Kind is AllocationEventKind.Free or AllocationEventKind.Delete)
                    groupOf.Remove(next.Id, out _);
                yield return next;
            }
            else if (next.Kind is AllocationEventKind.Free or AllocationEventKind.Delete)
            {
                groupOf.Remove(next.Id, out _);
            }
        }
    }
}
