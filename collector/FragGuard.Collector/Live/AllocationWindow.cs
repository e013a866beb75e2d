using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Live;

/// <summary>What was allocated lately, by type, in memory that does not grow with time.</summary>
internal sealed class AllocationWindow
{
    /// <summary>Types told apart; what comes beyond counts as one.</summary>
    public const int MaxTypes = 4096;

    /// <summary>Types of a look.</summary>
    public const int TopTypes = 20;

    private const int LongestName = 400;
    private const double NormalQuantile = 1.96;
    private const string Rest = "(all other types)";

    private readonly Dictionary<string, AllocationRing> _types = new(StringComparer.Ordinal);
    private readonly AllocationRing _all = new();
    private AllocationMethod _method;
    private double _totalBytes;
    private double _nextCleaningMs;

    public AllocationWindow(EventRouter router)
    {
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationSampled, OnSampled);
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    public LiveAllocation Look(double nowMs)
    {
        (double bytes, double variance, long samples) = _all.Sum(nowMs);
        double windowMs = Math.Max(1, nowMs - AllocationRing.StartMs(nowMs));
        AllocatedType[] types =
        [
            .. _types.Select(pair => (Type: pair.Key, Sum: pair.Value.Sum(nowMs)))
                .Where(one => one.Sum.Samples > 0)
                .OrderByDescending(one => one.Sum.Bytes)
                .ThenBy(one => one.Type, StringComparer.Ordinal)
                .Select(one => new AllocatedType(
                    one.Type, one.Sum.Bytes * 1000 / windowMs, bytes > 0 ? one.Sum.Bytes / bytes : 0, one.Sum.Samples,
                    Error(one.Sum.Bytes, one.Sum.Variance))),
        ];
        return new LiveAllocation(
            _method, windowMs, bytes * 1000 / windowMs, samples == 0 ? null : Error(bytes, variance),
            [.. types.Take(TopTypes)], Math.Max(0, types.Length - TopTypes), _totalBytes);
    }

    private void OnSampled(in RecordedEvent recorded)
    {
        AllocationSample sample = AllocationSample.Read(recorded);
        if (sample.Bytes <= 0)
            return;

        _method = AllocationMethod.Sampled;
        Add(recorded.TimeMs, sample.Type, sample.EstimatedBytes, sample.Variance);
    }

    private void OnTick(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(int)) + sizeof(ushort));
        long bytes = fields.ReadInt64();
        fields.ReadPointer();
        if (bytes <= 0)
            return;

        _method = AllocationMethod.Ticks;
        Add(recorded.TimeMs, fields.ReadText(), bytes, variance: 0);
    }

    private void Add(double timeMs, string type, double bytes, double variance)
    {
        _totalBytes += bytes;
        _all.Add(timeMs, bytes, variance);
        RingOf(type.Length <= LongestName ? type : type[..LongestName], timeMs).Add(timeMs, bytes, variance);
    }

    private AllocationRing RingOf(string type, double timeMs)
    {
        if (_types.TryGetValue(type, out AllocationRing? ring))
            return ring;

        if (_types.Count >= MaxTypes && timeMs >= _nextCleaningMs)
            Clean(timeMs);
        string name = _types.Count < MaxTypes ? type : Rest;
        if (!_types.TryGetValue(name, out ring))
            _types[name] = ring = new AllocationRing();
        return ring;
    }

    private void Clean(double timeMs)
    {
        _nextCleaningMs = timeMs + (AllocationRing.WindowMs / 12);
        foreach ((string type, _) in _types.Where(pair => pair.Value.Sum(timeMs).Samples == 0).ToArray())
            _types.Remove(type);
    }

    private double? Error(double bytes, double variance) =>
        _method == AllocationMethod.Sampled && bytes > 0 ? NormalQuantile * Math.Sqrt(variance) / bytes : null;
}
