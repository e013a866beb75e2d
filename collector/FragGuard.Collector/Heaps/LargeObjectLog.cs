using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Births and deaths of large objects. The runtime ticks whenever the large bytes allocated since the last tick pass
/// 100 KiB, so every object of that size ticks, and of smaller ones at most one goes by before the next: the bytes of
/// a tick minus those of its object are the size of that one, and all that is known of it. Full GCs list the extents of all
/// survivors, one per large object; what they leave out is dead, and an extent nobody is known at is the object that went by
/// with that size.
/// </summary>
internal sealed class LargeObjectLog(AllocationSources sources)
{
    private const int HeaderBytes = 24;
    private const long MinLargeBytes = 85_000;
    private const int AlignmentBytes = 8;
    private const int MaxPadBytes = 64;
    private const int BackgroundShortfallBytes = 24;
    private const double TimeStepMs = 10;

    // No array is larger; sums over all that are followed stay numbers.
    private const long MaxObjectBytes = 1L << 40;
    private const int MaxRecent = 1 << 18;
    private const int MaxUnlocated = 1 << 16;
    private const int MaxLocated = 1 << 19;

    private readonly EventSpill _events = new();
    private readonly Dictionary<ulong, LargeObject> _located = [];
    private readonly List<LargeObject> _unlocated = [];
    private readonly List<LargeObject> _recent = [];
    private long _nextId;
    private long _forgottenBytes;
    private long _birthBytes;
    private long _inferred;
    private long _inferredBytes;
    private long _tickedBytes;
    private long _deaths;
    private long _padBytes = 32;
    private double _timeMs = -TimeStepMs;

    /// <summary>Live objects whose address is known, by address.</summary>
    public IReadOnlyDictionary<ulong, LargeObject> Located => _located;

    /// <summary>Whether a background GC runs: large objects are then cut from the heap in another way.</summary>
    public bool IsBackgroundRunning { get; set; }

    /// <param name="reportedBytes">Size of the object that crossed the line, as the runtime reports it.</param>
    /// <param name="tickBytes">Bytes allocated since the last tick, the object included.</param>
    public void Ticked(double timeMs, ulong address, long reportedBytes, long tickBytes, string type, int stack)
    {
        if (reportedBytes is <= 0 or > MaxObjectBytes || tickBytes is <= 0 or > MaxObjectBytes)
            return;

        (long bytes, long missedBytes) = Split(reportedBytes, tickBytes);
        AdvanceTo(timeMs);
        _tickedBytes += tickBytes;
        if (missedBytes >= MinLargeBytes)
        {
            _inferred++;
            _inferredBytes += missedBytes;
            if (_unlocated.Count >= MaxUnlocated)
                Forget();
            _unlocated.Add(Born(timeMs, missedBytes, AllocationSources.Unknown));
        }

        LargeObject born = Born(timeMs, bytes, sources.NumberOf(stack, type));
        if (_located.Remove(address, out LargeObject? previous))
            Died(previous);
        Locate(born, address);
        if (_recent.Count < MaxRecent)
            _recent.Add(born);
    }

    /// <summary>The objects with a known address that were born since this was last asked.</summary>
    public LargeObject[] TakeRecent()
    {
        LargeObject[] recent = [.. _recent];
        _recent.Clear();
        return recent;
    }

    /// <summary>A full GC ended: objects born before <paramref name="bornBeforeMs"/> that it did not list are dead.</summary>
    /// <param name="survivors">Live large objects; null when the recording does not tell.</param>
    public void Collected(int number, double timeMs, double bornBeforeMs, IReadOnlyList<SurvivorExtent>? survivors)
    {
        // Without a birth there is nothing to judge and nothing to trim.
        if (_nextId == 0)
            return;

        AdvanceTo(timeMs);
        if (survivors is not null)
        {
            Dictionary<ulong, SurvivorExtent> byStart = [];
            foreach (SurvivorExtent extent in survivors)
                byStart[extent.OldStart] = extent;
            LocateBySize(bornBeforeMs, survivors, byStart);
            Judge(bornBeforeMs, byStart);
        }

        _events.Add(new AllocationEvent(AllocationEventKind.Trim, number));
    }

    /// <summary>The history so far; the sources must be resolved.</summary>
    public LargeObjectHistory Build()
    {
        long unjudgedBytes = _forgottenBytes;
        foreach (LargeObject one in _located.Values)
            unjudgedBytes += one.IsJudged ? 0 : one.Bytes;
        foreach (LargeObject one in _unlocated)
            unjudgedBytes += one.IsJudged ? 0 : one.Bytes;
        return new LargeObjectHistory
        {
            Trace = new AllocationTrace(
                _events.All().Select(one => one with { Site = sources.SiteOf(one.Site) }), sources.Sites),
            Births = _nextId,
            BirthBytes = _birthBytes,
            InferredBirths = _inferred,
            InferredBirthBytes = _inferredBytes,
            Deaths = _deaths,
            AllocatedBytes = _tickedBytes,
            Coverage = _tickedBytes == 0 ? 1 : Math.Min(1, (double)_birthBytes / _tickedBytes),
            UnknownLifetimeRatio = _birthBytes == 0 ? 0 : (double)unjudgedBytes / _birthBytes,
        };
    }

    // Measured on runtime 10: beside a background GC the object is reported as it is and counted 24 bytes short; else it
    // is counted as it is and reported 8 bytes too large at the end of a region, 32 in a hole. An object alone in its
    // tick shows which; of two in one tick the way of the last one alone is assumed, and survivors correct the rest.
    private (long Bytes, long MissedBytes) Split(long reportedBytes, long tickBytes)
    {
        long pad = reportedBytes - tickBytes;
        if (pad == BackgroundShortfallBytes)
            return (reportedBytes, 0);
        if (pad is >= 0 and <= MaxPadBytes)
        {
            _padBytes = pad;
            return (tickBytes, 0);
        }

        if (IsBackgroundRunning)
            return (reportedBytes, tickBytes - reportedBytes + (2 * BackgroundShortfallBytes));

        long bytes = Math.Max(1, reportedBytes - _padBytes);
        return (bytes, tickBytes - bytes);
    }

    // Objects of one size are interchangeable; the youngest that the GC could have freed is the likeliest survivor.
    private void LocateBySize(
        double bornBeforeMs, IReadOnlyList<SurvivorExtent> survivors, Dictionary<ulong, SurvivorExtent> byStart)
    {
        if (_unlocated.Count == 0)
            return;

        Dictionary<long, Queue<LargeObject>> bySize = _unlocated
            .OrderByDescending(one => one.BornMs < bornBeforeMs)
            .ThenByDescending(one => one.Id)
            .GroupBy(one => one.Bytes / AlignmentBytes)
            .ToDictionary(group => group.Key, group => new Queue<LargeObject>(group));
        HashSet<LargeObject> found = [];
        foreach (SurvivorExtent extent in survivors)
        {
            bool isKnown = _located.TryGetValue(extent.OldStart, out LargeObject? known)
                && Find(byStart, known) is not null;
            if (isKnown || TakeNearest(bySize, (long)extent.Bytes / AlignmentBytes) is not { } match)
                continue;

            found.Add(match);
            if (_located.Remove(extent.OldStart, out LargeObject? replaced))
                Died(replaced);
            Locate(match, extent.OldStart);
        }

        _unlocated.RemoveAll(found.Contains);
    }

    private static LargeObject? TakeNearest(Dictionary<long, Queue<LargeObject>> bySize, long size)
    {
        for (long distance = 0; distance <= MaxPadBytes / AlignmentBytes; distance++)
        {
            foreach (long candidate in new[] { size - distance, size + distance })
            {
                if (bySize.TryGetValue(candidate, out Queue<LargeObject>? queue) && queue.TryDequeue(out LargeObject? found))
                    return found;
            }
        }

        return null;
    }

    // Every large object is an extent of its own, so one of another size is a later object in the same place.
    private static SurvivorExtent? Find(Dictionary<ulong, SurvivorExtent> byStart, LargeObject one) =>
        byStart.TryGetValue(one.Address, out SurvivorExtent extent) && Math.Abs((long)extent.Bytes - one.Bytes) <= MaxPadBytes
            ? extent
            : null;

    private void Judge(double bornBeforeMs, Dictionary<ulong, SurvivorExtent> byStart)
    {
        List<LargeObject> judged = [];
        foreach (LargeObject one in _located.Values)
        {
            if (one.BornMs < bornBeforeMs)
                judged.Add(one);
        }

        foreach (LargeObject one in judged)
            _located.Remove(one.Address);
        judged.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (LargeObject one in judged)
        {
            one.IsJudged = true;
            if (Find(byStart, one) is not { } extent)
            {
                Died(one);
                continue;
            }

            Locate(one, extent.NewStart);
            Resize(one, (long)extent.Bytes);
        }

        foreach (LargeObject one in _unlocated)
        {
            if (one.BornMs < bornBeforeMs)
                Died(one);
        }

        _unlocated.RemoveAll(one => one.BornMs < bornBeforeMs);
    }

    // Where no GC lists survivors, objects known by size only would never be found.
    private void Forget()
    {
        _forgottenBytes += _unlocated.Take(MaxUnlocated / 2).Where(one => !one.IsJudged).Sum(one => one.Bytes);
        _unlocated.RemoveRange(0, MaxUnlocated / 2);
    }

    // Where no GC lists survivors, nothing else says that an object is dead.
    private void ForgetOldest()
    {
        foreach (LargeObject one in _located.Values.OrderBy(static one => one.Id).Take(MaxLocated / 2))
        {
            _forgottenBytes += one.IsJudged ? 0 : one.Bytes;
            _located.Remove(one.Address);
        }
    }

    private void Locate(LargeObject one, ulong address)
    {
        if (_located.Count >= MaxLocated)
            ForgetOldest();
        one.Address = address;
        _located[address] = one;
    }

    private LargeObject Born(double timeMs, long bytes, int source)
    {
        LargeObject born = new(_nextId++, _events.Count, timeMs, source);
        _events.Add(new AllocationEvent(AllocationEventKind.Allocate, born.Id, Site: source));
        Resize(born, bytes);
        return born;
    }

    private void Resize(LargeObject one, long bytes)
    {
        _birthBytes += bytes - one.Bytes;
        one.Bytes = bytes;
        _events[one.Birth] = _events[one.Birth] with { Bytes = Math.Max(0, bytes - HeaderBytes) };
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
