using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Births and deaths of large objects. The runtime ticks whenever the large bytes allocated since the last tick pass
/// 100 KiB, so every object of that size ticks, and of smaller ones at most one goes by before the next: the bytes of
/// a tick minus those of its object are the size of that one. Full GCs list the extents of all survivors, one per large
/// object; what they leave out is dead, and an extent nobody is known at is the object that went by with that size.
/// </summary>
internal sealed class LargeObjectLog(LargeObjectSources sources)
{
    private const int HeaderBytes = 24;
    private const long MinLargeBytes = 85_000;
    private const int MaxPadBytes = 64;
    private const double TimeStepMs = 10;

    private readonly List<AllocationEvent> _events = [];
    private readonly Dictionary<ulong, LargeObject> _located = [];
    private readonly List<LargeObject> _unlocated = [];
    private long _nextId;
    private long _birthBytes;
    private long _inferredBytes;
    private long _tickedBytes;
    private long _deaths;
    private long _tickPadBytes = 8;
    private double _timeMs = -TimeStepMs;

    /// <summary>Live objects whose address is known, by address.</summary>
    public IReadOnlyDictionary<ulong, LargeObject> Located => _located;

    /// <param name="objectBytes">Size of the object that crossed the line.</param>
    /// <param name="tickBytes">Bytes allocated since the last tick, the object included.</param>
    public void Ticked(double timeMs, ulong address, long objectBytes, long tickBytes, string type, int stack)
    {
        if (objectBytes <= 0 || tickBytes <= 0)
            return;

        // Runtime 10 reports the object a few bytes larger than it is: one alone in its tick shows by how much.
        long pad = objectBytes - tickBytes;
        if (pad is >= 0 and <= MaxPadBytes)
            _tickPadBytes = pad;
        long bytes = Math.Max(1, objectBytes - _tickPadBytes);
        long missedBytes = tickBytes - bytes;
        int source = sources.NumberOf(stack, type);
        AdvanceTo(timeMs);
        _tickedBytes += tickBytes;
        if (missedBytes >= MinLargeBytes)
        {
            _inferredBytes += missedBytes;
            _unlocated.Add(Born(timeMs, missedBytes, source));
        }

        LargeObject born = Born(timeMs, bytes, source);
        if (_located.Remove(address, out LargeObject? previous))
            Died(previous);
        Locate(born, address);
    }

    /// <summary>A full GC ended: objects born before <paramref name="bornBeforeMs"/> that it did not list are dead.</summary>
    public void Collected(double timeMs, double bornBeforeMs, SurvivorExtents survivors)
    {
        AdvanceTo(timeMs);
        if (survivors.IsReported)
        {
            LocateBySize(bornBeforeMs, survivors);
            Judge(bornBeforeMs, survivors);
        }

        _events.Add(new AllocationEvent(AllocationEventKind.Trim, 0));
    }

    /// <summary>The history so far; the sources must be resolved.</summary>
    public LargeObjectHistory Build()
    {
        AllocationEvent[] events = [.. _events.Select(one => one with { Site = sources.SiteOf(one.Site) })];
        long unjudgedBytes = _located.Values.Concat(_unlocated).Where(one => !one.IsJudged).Sum(one => one.Bytes);
        return new LargeObjectHistory
        {
            Trace = new AllocationTrace(events, sources.Sites),
            Births = _nextId,
            BirthBytes = _birthBytes,
            InferredBirthBytes = _inferredBytes,
            Deaths = _deaths,
            AllocatedBytes = _tickedBytes,
            Coverage = _tickedBytes == 0 ? 1 : Math.Min(1, (double)_birthBytes / _tickedBytes),
            UnknownLifetimeRatio = _birthBytes == 0 ? 0 : (double)unjudgedBytes / _birthBytes,
        };
    }

    // Objects of one size are interchangeable; the youngest that the GC could have freed is the likeliest survivor.
    private void LocateBySize(double bornBeforeMs, SurvivorExtents survivors)
    {
        if (_unlocated.Count == 0)
            return;

        ILookup<long, LargeObject> bySize = _unlocated
            .OrderByDescending(one => one.BornMs < bornBeforeMs)
            .ThenByDescending(one => one.Id)
            .ToLookup(one => one.Bytes);
        HashSet<LargeObject> found = [];
        foreach (SurvivorExtent extent in survivors.Sorted())
        {
            if (_located.ContainsKey(extent.OldStart))
                continue;
            if (bySize[(long)extent.Bytes].FirstOrDefault(one => !found.Contains(one)) is not { } match)
                continue;

            found.Add(match);
            Locate(match, extent.OldStart);
        }

        _unlocated.RemoveAll(found.Contains);
    }

    private void Judge(double bornBeforeMs, SurvivorExtents survivors)
    {
        LargeObject[] judged = [.. _located.Values.Where(one => one.BornMs < bornBeforeMs)];
        foreach (LargeObject one in judged)
            _located.Remove(one.Address);
        foreach (LargeObject one in judged.OrderBy(one => one.Id))
        {
            one.IsJudged = true;
            if (survivors.NewAddressOf(one.Address) is { } address)
                Locate(one, address);
            else
                Died(one);
        }

        foreach (LargeObject one in _unlocated.Where(one => one.BornMs < bornBeforeMs))
            Died(one);
        _unlocated.RemoveAll(one => one.BornMs < bornBeforeMs);
    }

    private void Locate(LargeObject one, ulong address)
    {
        one.Address = address;
        _located[address] = one;
    }

    private LargeObject Born(double timeMs, long bytes, int source)
    {
        LargeObject born = new(_nextId++, bytes, timeMs, source);
        _birthBytes += bytes;
        _events.Add(new AllocationEvent(
            AllocationEventKind.Allocate, born.Id, Math.Max(0, bytes - HeaderBytes), Site: source));
        return born;
    }

    private void Died(LargeObject one)
    {
        _deaths++;
        _events.Add(new AllocationEvent(AllocationEventKind.Free, one.Id));
    }

    private void AdvanceTo(double timeMs)
    {
        if (timeMs - _timeMs < TimeStepMs)
            return;

        _timeMs = timeMs;
        _events.Add(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: (long)timeMs));
    }
}
