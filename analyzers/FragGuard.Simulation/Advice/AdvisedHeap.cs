using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>The allocator that advice is asked for: makes heaps of it with other sizes and settings, and compares outcomes.</summary>
internal sealed class AdvisedHeap
{
    public const long PageBytes = 4096;

    private const long SmallestZoneBytes = 2 * PageBytes;

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public AdvisedHeap(string model, IEnumerable<KeyValuePair<string, string>>? settings)
    {
        Info = AllocatorModels.ByName(model);
        foreach (KeyValuePair<string, string> setting in settings ?? [])
            _settings[setting.Key] = setting.Value;
        if (Info.Remedies.Capacity is { } key)
            CapacityBytes = new ModelSettings(Info.Settings, _settings).ByteCount(key);
    }

    public AllocatorModelInfo Info { get; }

    /// <summary>Bytes of the memory the allocator shares out; null when its heap grows.</summary>
    public long? CapacityBytes { get; }

    /// <summary>Rounded up to whole pages, at least one.</summary>
    public static long Pages(long bytes) => Math.Max(1, (bytes + PageBytes - 1) / PageBytes) * PageBytes;

    /// <param name="capacityBytes">Another capacity, where there is one; 0 for the one as written.</param>
    public IAllocatorModel Create(long capacityBytes = 0) =>
        capacityBytes <= 0 || Info.Remedies.Capacity is not { } key ? Create(Info, _settings) : CreateWith(key, Text(capacityBytes));

    /// <summary>One heap per capacity; false when one of them is too small for the allocator.</summary>
    public bool TryCreate(IReadOnlyList<long> capacities, out IAllocatorModel[] models)
    {
        try
        {
            models = [.. capacities.Select(bytes => Create(bytes))];
            return true;
        }
        catch (ModelSettingException)
        {
            models = [];
            return false;
        }
    }

    public IAllocatorModel Create(ModelTunable tunable) => CreateWith(tunable.Key, tunable.Value);

    /// <summary>Another allocator with its own defaults and the same capacity; null when that is too small for it.</summary>
    public IAllocatorModel? TryCreateRival(string name)
    {
        AllocatorModelInfo rival = AllocatorModels.ByName(name);
        try
        {
            return Create(rival, CapacityBytes is { } bytes && rival.Remedies.Capacity is { } key
                ? [new(key, Text(bytes))] : []);
        }
        catch (ModelSettingException)
        {
            return null;
        }
    }

    /// <summary>
    /// Capacities for the groups of a split: all of it, shared out by what each group needs; and, when that is too
    /// little and nothing is ever evicted, what each needs. A heap that grows gets one heap per group.
    /// </summary>
    public IEnumerable<long[]> ZonesFor(
        TraceSplit split, TraceProfile profile, IEnumerable<AllocationEvent> events, RemedyOutcome asWritten)
    {
        if (CapacityBytes is not { } capacity)
            return [new long[split.Groups]];
        long?[] alone = [.. Enumerable.Range(0, split.Groups).Select(group =>
            Need(capacity, split.Only(group, events)) ?? Need(2 * capacity, split.Only(group, events)))];
        bool isBounded = asWritten.Evicted == 0 && alone.All(need => need is not null);
        long[] needs = [.. alone.Select(need => need ?? capacity)];
        double[] weights = isBounded
            ? [.. needs.Select(need => (double)need)]
            : [.. Enumerable.Range(0, split.Groups).Select(group => PeakLive(split.Only(group, events)))];
        long[] shared = [.. weights.Select(weight => Share(capacity, weight / weights.Sum()))];
        return isBounded && needs.Sum() > capacity && needs.Sum() <= 2 * capacity ? [shared, needs] : [shared];
    }

    /// <summary>Below 0 when the first outcome is the better one.</summary>
    public int Compare(RemedyOutcome one, RemedyOutcome other)
    {
        int order = one.Unserved.CompareTo(other.Unserved);
        if (order != 0)
            return order;
        if (CapacityBytes is null)
            return one.MeanResidentBytes.CompareTo(other.MeanResidentBytes);
        order = Math.Round(one.Stranded, 2).CompareTo(Math.Round(other.Stranded, 2));
        return order != 0 ? order : one.ExtraBytes.CompareTo(other.ExtraBytes);
    }

    public IReadOnlyList<RemedyOutcome> Ranked(IEnumerable<RemedyOutcome> outcomes)
    {
        List<RemedyOutcome> ranked = [.. outcomes];
        ranked.Sort((one, other) =>
        {
            int order = Compare(one, other);
            return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
        });
        return ranked;
    }

    private static RefusedBlocks Create(AllocatorModelInfo info, IEnumerable<KeyValuePair<string, string>> settings)
    {
        IAllocatorModel model = info.Create(new ModelSettings(info.Settings, settings));
        return new RefusedBlocks(info.TakesCacheEvents ? model : new KeyedBlocks(model));
    }

    private RefusedBlocks CreateWith(string key, string value) =>
        Create(Info, new Dictionary<string, string>(_settings, StringComparer.Ordinal) { [key] = value });

    private static long Share(long capacity, double share) =>
        Math.Max(SmallestZoneBytes, (long)(capacity * share) / PageBytes * PageBytes);

    /// <summary>Most bytes of pages a group takes when it has this capacity for itself; null when that is not enough.</summary>
    private long? Need(long capacity, IEnumerable<AllocationEvent> events)
    {
        if (!TryCreate([capacity], out IAllocatorModel[] alone))
            return null;
        long need = 0;
        SimulationResult result = Simulator.Run(new AllocationTrace(events), Info.Name, alone[0],
            (long _, in AllocationEvent _, EventOutcome _, in HeapCounters counters) =>
                need = Math.Max(need, counters.CommittedBytes - counters.FreePageBytes));
        return result.Refused + result.Evicted > 0 ? null : Math.Max(SmallestZoneBytes, Pages(need));
    }

    /// <summary>Most bytes a group would hold if nothing were ever evicted.</summary>
    private static double PeakLive(IEnumerable<AllocationEvent> events) => Math.Max(1, Simulator.Run(
        new AllocationTrace(events), "chunks", new KeyedBlocks(new ChunkPool(64))).Run.PeakLiveBytes);

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
