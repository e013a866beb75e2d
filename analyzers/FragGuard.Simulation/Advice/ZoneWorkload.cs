using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>One zone that is filled until it refuses a store, scaled down so that a prediction stays cheap.</summary>
internal sealed class ZoneWorkload
{
    private const int MostEntries = 5_000;
    private const int KeyBytes = 16;
    private const long SmallestZoneBytes = 64 << 10;

    private readonly SizeMix _mix;
    private readonly AllocatorModelInfo _info;
    private readonly long _zoneBytes;
    private readonly long _simulatedBytes;
    private readonly ZoneGroups _groups;

    public ZoneWorkload(SizeMix mix, string model, long zoneBytes)
    {
        _mix = mix;
        _info = AllocatorModels.ByName(model);
        _zoneBytes = zoneBytes;
        double mean = SyntheticWorkload.MeanBytes(mix) + KeyBytes;
        _simulatedBytes = (long)Math.Min(zoneBytes, mean * MostEntries);
        _groups = new ZoneGroups(mix, KeyBytes, Zone);
    }

    /// <summary>Whether the sizes differ enough for more than one zone, and each would be worth having.</summary>
    public bool CanSplit => _groups.Count > 1 && _groups.Split(_simulatedBytes).Min() >= SmallestZoneBytes;

    public string SplitAdvice =>
        "store values of similar size in zones of their own: " + _groups.Describe(_zoneBytes);

    public CachePrediction OneZone() => Predict(Zone(_simulatedBytes), heldBytes: null);

    public CachePrediction ZonesBySize(CachePrediction asWritten) =>
        Predict(
            new ZonedModel([.. _groups.Split(_simulatedBytes).Select(Zone)], birth => _groups.Of(birth.Bytes)), asWritten.LiveBytes);

    private IAllocatorModel Zone(long bytes)
    {
        IAllocatorModel model = _info.Create(new ModelSettings(
            _info.Settings, [new("zone", bytes.ToString(CultureInfo.InvariantCulture))]));
        return _info.TakesCacheEvents ? model : new KeyedBlocks(model);
    }

    /// <param name="heldBytes">Live bytes the zone has to hold; those it holds when null.</param>
    private CachePrediction Predict(IAllocatorModel model, long? heldBytes)
    {
        long live = 0;
        bool refused = false;
        Simulator.Run(new AllocationTrace(Stores()), _info.Name, model,
            (long _, in AllocationEvent _, EventOutcome outcome, in HeapCounters counters) =>
            {
                refused |= outcome.Answer == EventAnswer.NoMemory;
                if (!refused)
                    live = counters.LiveRequestedBytes;
            });
        double held = (double)live / _simulatedBytes;
        long liveBytes = (long)(held * _zoneBytes);
        long needed = heldBytes is null || liveBytes == 0
            ? _zoneBytes
            : (long)(_zoneBytes * ((double)heldBytes.Value / liveBytes));
        return new CachePrediction(_info.Name, 1 - held, heldBytes ?? liveBytes, needed, needed);
    }

    /// <summary>More than any zone holds: new keys whose values sum up to the zone, and as many replacements.</summary>
    private IEnumerable<AllocationEvent> Stores()
    {
        SeededRandom random = new(_mix.Seed);
        long stored = 0;
        for (long key = 0; stored <= _simulatedBytes; key++)
        {
            long bytes = SyntheticWorkload.DrawBytes(_mix, random);
            stored += Math.Max(1, bytes);
            yield return new AllocationEvent(AllocationEventKind.SafeSet, key, bytes, KeyBytes);
            yield return new AllocationEvent(
                AllocationEventKind.SafeSet, random.Next(0, key), SyntheticWorkload.DrawBytes(_mix, random), KeyBytes);
        }
    }
}
