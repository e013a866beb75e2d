using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>Plays a changed trace or a changed allocator and takes the measures that remedies are compared by.</summary>
internal sealed class TraceTrial
{
    private const int Samples = 16;

    private readonly AllocationTrace _trace;
    private readonly long _stride;
    private readonly long _last;

    /// <param name="trace">Where the names come from.</param>
    /// <param name="operations">Events of the trace.</param>
    public TraceTrial(AllocationTrace trace, long operations)
    {
        _trace = trace;
        _stride = Math.Max(1, operations / Samples);
        _last = operations - 1;
    }

    /// <summary>L of the program as written, by sample; null until it was played.</summary>
    public IReadOnlyList<long>? LiveAsWritten { get; set; }

    /// <param name="remedy">Name and advice of what is tried; its measures are replaced.</param>
    /// <param name="events">As many events as the trace has.</param>
    /// <param name="largestBytes">Largest request of each zone of the model, or of the whole model.</param>
    /// <param name="isPadded">Whether the requests were made larger than the program's.</param>
    /// <param name="isIgnored">Takes, for each event, whether it meant nothing to the model.</param>
    public RemedyOutcome Run(
        RemedyOutcome remedy, IAllocatorModel model, IEnumerable<AllocationEvent> events,
        IReadOnlyList<long> largestBytes, bool isPadded = false, bool[]? isIgnored = null)
    {
        List<long> live = new();
        double resident = 0;
        double stranded = 0;
        double free = 0;
        double waste = 0;
        SimulationResult result = Simulator.Run(_trace.With(events), remedy.Id, model,
            (long index, in AllocationEvent _, EventOutcome outcome, in HeapCounters counters) =>
            {
                if (isIgnored is not null)
                    isIgnored[index] = outcome.Answer == EventAnswer.Ignored;
                if ((index + 1) % _stride != 0 && index != _last)
                    return;
                long asked = isPadded && LiveAsWritten is not null && live.Count < LiveAsWritten.Count
                    ? Math.Min(LiveAsWritten[live.Count], counters.LiveRequestedBytes)
                    : counters.LiveRequestedBytes;
                live.Add(counters.LiveRequestedBytes);
                resident += counters.ResidentBytes;
                free += counters.FreeBytes;
                stranded += StrandedBytes(model, largestBytes);
                waste += counters.GrantedBytes == 0 ? 0 : 1 - ((double)asked / counters.GrantedBytes);
            });
        LiveAsWritten ??= live;
        int samples = Math.Max(1, live.Count);
        return remedy with
        {
            Refused = result.Refused,
            Evicted = result.Evicted,
            FailedWithSpace = result.Run.FailedWithSpace,
            MeanResidentBytes = (long)(resident / samples),
            PeakCommittedBytes = result.Run.PeakCommittedBytes,
            MeanStrandedBytes = (long)(stranded / samples),
            Stranded = free == 0 ? 0 : stranded / free,
            InternalWaste = waste / samples,
        };
    }

    private static long StrandedBytes(IAllocatorModel model, IReadOnlyList<long> largestBytes)
    {
        if (model is not ZonedModel zoned)
            return StrandedBytes(model.Layout(), largestBytes[0]);
        return zoned.Zones.Select((zone, i) => StrandedBytes(zone.Layout(), largestBytes[i])).Sum();
    }

    private static long StrandedBytes(HeapLayout layout, long largestBytes) => layout.Extents
        .Where(extent => extent.Use == ExtentUse.Free && extent.Extent.Bytes < largestBytes)
        .Sum(extent => extent.Extent.Bytes);
}
