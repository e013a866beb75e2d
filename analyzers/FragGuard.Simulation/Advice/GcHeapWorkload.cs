using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// The large entries of one cache and their replacement, scaled down so that a prediction stays cheap, and what each
/// way to hold them makes of it. Every change keeps one event per event, so that all ways share one steady state.
/// </summary>
internal sealed class GcHeapWorkload
{
    /// <summary>
    /// While nothing dies, the large object heap grows 4.5-fold from one full GC to the next (the largest growth its budget
    /// allows), so that numbers of entries 4.5-fold apart meet the same phase of that growth.
    /// </summary>
    public const double FillGrowth = 4.5;

    private const int MostEntries = 1_200;
    private const int MostReplacements = 24_000;

    /// <summary>Live bytes over the bytes a program allocates while a background GC runs.</summary>
    private const long LiveOverDuring = 20;

    private static readonly AllocationEvent Nothing = new(AllocationEventKind.Time, 0);

    private readonly SizeMix _mix;
    private readonly double _scale;
    private readonly AllocationTrace _trace;
    private readonly long _steadyFrom;
    private readonly double _liveBytes;

    public GcHeapWorkload(SizeMix mix)
    {
        _mix = mix with
        {
            Entries = InSamePhase(mix.Entries),
            Replacements = Math.Min(mix.Replacements, MostReplacements),
        };
        _scale = (double)mix.Entries / _mix.Entries;
        _steadyFrom = SyntheticWorkload.SteadyFrom(_mix);
        _trace = new AllocationTrace(LargeOnly(out _liveBytes));
    }

    public bool IsEmpty => _liveBytes == 0;

    /// <param name="isConcurrent">Whether full GCs run in the background.</param>
    /// <param name="conserve">GCConserveMemory, 0 to 9.</param>
    public CachePrediction AsWritten(bool isConcurrent, int conserve = 0) =>
        OnLargeObjectHeap(_trace, isConcurrent, conserve, FreeShare);

    /// <summary>Every entry as large as the largest.</summary>
    public CachePrediction PaddedToOneSize(bool isConcurrent)
    {
        long largest = _mix.Parts.Max(part => part.MaxBytes);
        AllocationTrace padded = new(_trace.Events.Select(next =>
            next.Kind == AllocationEventKind.Allocate ? next with { Bytes = largest } : next));
        return OnLargeObjectHeap(padded, isConcurrent, conserve: 0, sample => UnwrittenShare(sample.SizeBytes));
    }

    public CachePrediction ThroughArrayPool(bool isConcurrent) =>
        OnLargeObjectHeap(new AllocationTrace(PoolEvents()), isConcurrent, conserve: 0, sample => UnwrittenShare(sample.SizeBytes));

    public CachePrediction InPooledChunks()
    {
        SteadyState steady = Play(_trace, "pooled-chunks", new ChunkPool());
        return Prediction("pooled-chunks", steady, UnwrittenShare(steady.MeanCommittedBytes));
    }

    private static int InSamePhase(int entries)
    {
        double fewer = entries;
        while (fewer > MostEntries)
            fewer /= FillGrowth;
        return (int)fewer;
    }

    /// <summary>Replaces the events of entries that are small objects by events that mean nothing.</summary>
    /// <param name="liveBytes">Mean of the large live bytes in the steady state.</param>
    private AllocationEvent[] LargeOnly(out double liveBytes)
    {
        AllocationEvent[] events = new AllocationEvent[_mix.Entries + (2 * _mix.Replacements)];
        long[] largeBytes = new long[_mix.Entries + _mix.Replacements];
        long live = 0;
        double sum = 0;
        int count = 0;
        foreach (AllocationEvent next in SyntheticWorkload.Blocks(_mix).Events)
        {
            bool isBirth = next.Kind == AllocationEventKind.Allocate;
            if (isBirth)
                largeBytes[next.Id] = next.Bytes + LohLayout.HeaderBytes >= LohLayout.ThresholdBytes ? next.Bytes : 0;
            long bytes = largeBytes[next.Id];
            live += isBirth ? bytes : -bytes;
            sum += count >= _steadyFrom ? live : 0;
            events[count++] = bytes > 0 ? next : Nothing;
        }

        liveBytes = sum / (count - _steadyFrom);
        return events;
    }

    /// <summary>What reaches the heap when arrays come from the shared pool: new arrays, and the end of dropped ones.</summary>
    private IEnumerable<AllocationEvent> PoolEvents()
    {
        PooledArray? dropped = null;
        SharedArrayPool pool = new(cores: 4, depth: 32) { Dropped = array => dropped = array };
        Dictionary<long, PooledArray> rented = new();
        long born = 0;
        foreach (AllocationEvent next in _trace.Events)
        {
            if (next.Kind == AllocationEventKind.Allocate)
            {
                PooledArray array = pool.Rent(next.Bytes, thread: 0);
                rented.Add(next.Id, array);
                bool isNew = array.Number == born;
                born += isNew ? 1 : 0;
                yield return isNew ? next with { Id = array.Number, Bytes = array.Elements } : Nothing;
            }
            else if (next.Kind == AllocationEventKind.Free)
            {
                dropped = null;
                pool.Return(rented[next.Id], thread: 0);
                rented.Remove(next.Id);
                yield return dropped is null ? Nothing : new AllocationEvent(AllocationEventKind.Free, dropped.Number);
            }
            else
            {
                yield return Nothing;
            }
        }
    }

    private static double FreeShare(GcSample sample) => sample.Fragmentation;

    /// <summary>Arrays may be longer than their entry, or idle in a pool.</summary>
    private double UnwrittenShare(double heapBytes) => Math.Max(0, 1 - (_liveBytes / heapBytes));

    private CachePrediction OnLargeObjectHeap(AllocationTrace trace, bool isConcurrent, int conserve, Func<GcSample, double> waste)
    {
        AllocatorModelInfo info = LargeObjectHeapModel.Info;
        LargeObjectHeapModel model = new(new ModelSettings(info.Settings,
        [
            new("gc", isConcurrent ? "background" : "self"),
            new("during", ((long)_liveBytes / LiveOverDuring).ToString(CultureInfo.InvariantCulture)),
            new("conserve", conserve.ToString(CultureInfo.InvariantCulture)),
        ]));
        List<GcSample> settled = [];
        model.Collected = sample =>
        {
            if (sample.Index >= _steadyFrom && sample.SizeBytes > 0)
                settled.Add(sample);
        };
        SteadyState steady = Play(trace, info.Name, model);
        return Prediction(
            info.Name,
            steady,
            settled.Count == 0 ? UnwrittenShare(steady.MeanCommittedBytes) : settled.Average(waste));
    }

    private SteadyState Play(AllocationTrace trace, string name, IAllocatorModel model)
    {
        SteadyState steady = new(_steadyFrom);
        Simulator.Run(trace, name, model, steady.Observe);
        return steady;
    }

    private CachePrediction Prediction(string model, SteadyState steady, double waste) => new(
        model,
        waste,
        (long)(_liveBytes * _scale),
        (long)(steady.MeanCommittedBytes * _scale),
        (long)(steady.PeakCommittedBytes * _scale));

    /// <summary>Means over the events from the steady state on.</summary>
    private sealed class SteadyState
    {
        private readonly long _from;
        private double _committed;
        private long _count;

        public SteadyState(long from) => _from = from;

        public double MeanCommittedBytes => _count == 0 ? 0 : _committed / _count;

        public long PeakCommittedBytes { get; private set; }

        public void Observe(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters)
        {
            PeakCommittedBytes = Math.Max(PeakCommittedBytes, counters.CommittedBytes);
            if (index < _from)
                return;
            _committed += counters.CommittedBytes;
            _count++;
        }
    }
}
