using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Tries every remedy for fragmentation that the simulator can play on one trace and ranks them by effect: a split by
/// size with searched boundaries, by lifetime, by both; chunks of one size from a pool; rounding; the allocator's own
/// settings; another allocator; more memory. A split by lifetime uses the lifetimes that the trace shows: a program has
/// to know them beforehand, by what the data is.
/// </summary>
public sealed class TraceAdvisor
{
    /// <summary>Advice is judged on at most so many events, the first ones of a trace.</summary>
    public const int MostOperations = 1_000_000;

    private const int MostSizeEdges = 12;
    private const int MostEdgesTogether = 3;

    private readonly AdvisedHeap _heap;
    private readonly AllocationEvent[] _events;

    /// <summary>Which events meant nothing to the allocator as it is.</summary>
    private readonly bool[] _isIgnored;
    private readonly TraceProfile _profile;
    private readonly TraceTrial _trial;
    private readonly IReadOnlyList<long> _largest;
    private readonly Action<string>? _trying;
    private readonly List<RemedyOutcome> _tried = new();
    private readonly RemedyOutcome _asWritten;

    private TraceAdvisor(AllocationTrace trace, AdvisedHeap heap, Action<string>? trying)
    {
        _heap = heap;
        _trying = trying;
        _events = [.. trace.Events.Take(MostOperations)];
        _isIgnored = new bool[_events.Length];
        _profile = new TraceProfile(_events, heap.Info.TakesCacheEvents);
        _trial = new TraceTrial(trace, _profile.Operations);
        _largest = [Enumerable.Range(0, _profile.Births).Select(_profile.LargestOf).DefaultIfEmpty(0).Max()];
        _trying?.Invoke("as-written");
        _asWritten = _trial.Run(Named("as-written", "change nothing"), _heap.Create(), _events, _largest, isIgnored: _isIgnored);
    }

    /// <summary>Whether anything of the trace reaches the allocator: blocks mean nothing to a cache, small ones nothing to a heap of large ones.</summary>
    private bool IsConcerned => _events.Where((next, index) => ZonedModel.IsBirth(next) && !_isIgnored[index]).Any();

    /// <param name="trace">The trace; it is enumerated twice.</param>
    /// <param name="model">Name of the model of the allocator as it is.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="trying">Told the name of each remedy before it is played.</param>
    /// <exception cref="ModelSettingException">Unknown model or setting.</exception>
    /// <exception cref="TraceException">The trace breaks its promise.</exception>
    public static TraceAdvice Advise(
        AllocationTrace trace,
        string model,
        IEnumerable<KeyValuePair<string, string>>? settings = null,
        Action<string>? trying = null)
    {
        TraceAdvisor advisor = new(trace, new AdvisedHeap(model, settings), trying);
        if (advisor.IsConcerned)
            advisor.TryAll();
        bool isWhole = !trace.Events.Skip(MostOperations).Any();
        return new TraceAdvice(
            model, advisor._profile.Operations, isWhole, advisor._asWritten, advisor._heap.Ranked(advisor._tried));
    }

    private void TryAll()
    {
        TryMoreMemory();
        TrySplits();
        TryPadding();
        TryChunks();
        TrySettings();
        TryRivals();
    }

    private static RemedyOutcome Named(string id, string advice, int heaps = 1, long extraBytes = 0) =>
        new(id, advice, 0, 0, 0, 0, 0, 0, 0, 0, heaps, extraBytes);

    private RemedyOutcome Try(RemedyOutcome remedy, IAllocatorModel model, bool isPadded = false, IEnumerable<AllocationEvent>? events = null)
    {
        _trying?.Invoke(remedy.Id);
        return _trial.Run(remedy, model, events ?? _events, _largest, isPadded);
    }

    /// <summary>The smallest zone of at most twice the size, to one page in 64 of what was added, that serves every request.</summary>
    private void TryMoreMemory()
    {
        if (_heap.CapacityBytes is not { } capacity || _asWritten.Unserved == 0)
            return;
        RemedyOutcome? best = null;
        long enough = 0;
        while (best is null && enough < capacity)
        {
            enough = Math.Min(enough == 0 ? AdvisedHeap.Pages(capacity / 16) : 2 * enough, capacity);
            RemedyOutcome? tried = WithCapacity(capacity, enough);
            if (tried?.Unserved == 0)
                best = tried;
        }

        if (best is null)
            return;
        for (long step = AdvisedHeap.Pages(enough / 2); step > 0; step = step <= AdvisedHeap.PageBytes ? 0 : AdvisedHeap.Pages(step / 2))
        {
            if (best.ExtraBytes <= step)
                continue;
            RemedyOutcome? tried = WithCapacity(capacity, best.ExtraBytes - step);
            if (tried?.Unserved == 0)
                best = tried;
        }

        _tried.Add(best);
    }

    /// <returns>Null when the allocator takes no such capacity.</returns>
    private RemedyOutcome? WithCapacity(long capacity, long extra) => !_heap.TryCreate([capacity + extra], out IAllocatorModel[] models)
        ? null
        : Try(Named("more-memory", $"give the zone {Text(capacity + extra)} bytes", extraBytes: extra), models[0]);

    private void TrySplits()
    {
        TraceSplit? bySize = BestBySize();
        TraceSplit? byLifetime = null;
        RemedyOutcome? best = null;
        foreach (long edge in _profile.LifetimeEdges())
            Better(new TraceSplit(_profile, [], edge), ref byLifetime, ref best);
        Keep(best);
        if (bySize is not null && byLifetime is not null)
        {
            TraceSplit? both = null;
            RemedyOutcome? outcome = null;
            Better(new TraceSplit(_profile, bySize.SizeEdges, byLifetime.LifetimeEdge), ref both, ref outcome);
            Keep(outcome);
        }
    }

    /// <summary>Adds the edge that helps most, as long as one helps.</summary>
    private TraceSplit? BestBySize()
    {
        IReadOnlyList<long> edges = _profile.SizeEdges();
        edges = [.. edges.Skip(Math.Max(0, edges.Count - MostSizeEdges))];
        TraceSplit? split = null;
        RemedyOutcome? best = null;
        for (int round = 0; round < MostEdgesTogether; round++)
        {
            TraceSplit? before = split;
            IReadOnlyList<long> chosen = before?.SizeEdges ?? [];
            foreach (long edge in edges.Where(edge => !chosen.Contains(edge)))
                Better(new TraceSplit(_profile, [.. chosen.Append(edge).OrderBy(bytes => bytes)], null), ref split, ref best);
            if (split == before)
                break;
        }

        Keep(best);
        return split;
    }

    private void Better(TraceSplit candidate, ref TraceSplit? split, ref RemedyOutcome? best)
    {
        if (!candidate.IsProper)
            return;
        foreach (long[] zones in _heap.ZonesFor(candidate, _profile, _events, _asWritten))
        {
            long extra = _heap.CapacityBytes is { } capacity ? Math.Max(0, zones.Sum() - capacity) : 0;
            string places = _heap.CapacityBytes is null
                ? "" : $" (zones of {string.Join(", ", zones.Select(Text))} bytes)";
            if (!_heap.TryCreate(zones, out IAllocatorModel[] models))
                continue;
            _trying?.Invoke(candidate.Id);
            RemedyOutcome tried = _trial.Run(
                Named(candidate.Id, candidate.Advice + places, candidate.Groups, extra),
                new ZonedModel(models, candidate.Router()), _events, candidate.LargestBytes);
            if (best is not null && _heap.Compare(tried, best) >= 0)
                continue;
            best = tried;
            split = candidate;
        }
    }

    private void TryPadding()
    {
        long largest = _largest[0];
        TryPadded("round-to-powers-of-two", "round every size up to a power of two", TraceProfile.PowerOfTwo);
        TryPadded("round-to-quarter-powers", "round every size up to a quarter of a power of two", QuarterPower);
        TryPadded("one-size", $"give every value {Text(largest)} bytes", _ => largest);
    }

    private void TryPadded(string id, string advice, Func<long, long> padded) => KeepIfTaken(() => Try(
        Named(id, advice + (_profile.CountsKeys ? ", key included" : "")),
        _heap.Create(),
        isPadded: true,
        events: _events.Select(next => next.Kind == AllocationEventKind.Reallocate || ZonedModel.IsBirth(next)
            ? next with { Bytes = Math.Max(next.Bytes, padded(next.Bytes + _profile.KeyBytesIn(next)) - _profile.KeyBytesIn(next)) }
            : next)));

    private void TryChunks()
    {
        if (_heap.CapacityBytes is not null || _profile.HasCacheEvents)
            return;
        foreach (long chunk in new[] { 4L << 10, ChunkPool.DefaultChunkBytes })
        {
            Keep(Try(
                Named($"pooled-chunks-{chunk >> 10}k", $"keep each block in chunks of {chunk >> 10} KiB rented from a pool"),
                new ChunkPool(chunk), events: Heeded()));
        }
    }

    /// <summary>The trace with nothing in place of the blocks that the allocator as it is does not hold either.</summary>
    private IEnumerable<AllocationEvent> Heeded()
    {
        LiveBlocks<bool> held = new();
        for (int i = 0; i < _events.Length; i++)
        {
            AllocationEvent next = _events[i];
            bool isHeld = held.Contains(next.Id);
            bool isBorn = next.Kind is AllocationEventKind.Allocate or AllocationEventKind.Reallocate && !_isIgnored[i];
            bool isGone = next.Kind is AllocationEventKind.Free or AllocationEventKind.Reallocate && isHeld && !isBorn;
            if (isBorn)
                held.Set(next.Id, value: true);
            else if (isGone)
                held.Remove(next.Id, out _);
            yield return (isBorn, isGone, isHeld) switch
            {
                (true, _, false) => next with { Kind = AllocationEventKind.Allocate },
                (false, true, _) => new AllocationEvent(AllocationEventKind.Free, next.Id),
                (false, false, _) => new AllocationEvent(AllocationEventKind.Trim, 0),
                _ => next,
            };
        }
    }

    private void TrySettings()
    {
        foreach (ModelTunable tunable in _heap.Info.Remedies.Tunables)
            Keep(Try(Named($"{tunable.Key}={tunable.Value}", tunable.Advice), _heap.Create(tunable)));
    }

    private void TryRivals()
    {
        foreach (string rival in _heap.Info.Remedies.Rivals)
        {
            if (_heap.TryCreateRival(rival) is { } model)
                KeepIfTaken(() => Try(Named("use-" + rival, $"use {AllocatorModels.ByName(rival).Allocator}"), model));
        }
    }

    /// <summary>
    /// Keeps an outcome that differs from that of changing nothing, and not only in how many of the same refusals had enough
    /// free bytes: a larger request has them less often.
    /// </summary>
    private void Keep(RemedyOutcome? outcome)
    {
        if (outcome is not null && outcome with
            {
                Id = _asWritten.Id, Advice = _asWritten.Advice, FailedWithSpace = _asWritten.FailedWithSpace,
            } != _asWritten)
        {
            _tried.Add(outcome);
        }
    }

    /// <summary>As <see cref="Keep"/>, unless an allocator takes no request of such a size, alignment or key.</summary>
    private void KeepIfTaken(Func<RemedyOutcome> tried)
    {
        try
        {
            Keep(tried());
        }
        catch (TraceException)
        {
            // What cannot be played is no remedy.
        }
    }

    private static long QuarterPower(long bytes)
    {
        long step = Math.Max(8, TraceProfile.PowerOfTwo(bytes) / 8);
        return (bytes + step - 1) / step * step;
    }

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
