using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Heap;

namespace FragGuard.FragTrace.Reports;

/// <summary>A model's heap beside the one the runtime measured, right after each full GC of a recording.</summary>
/// <param name="Generation">The part of the heap that is compared: loh.</param>
/// <param name="Gcs">In the order of the recording.</param>
/// <param name="BytesError">Mean of the absolute errors of the size, relative to the measured one.</param>
/// <param name="MaxBytesError">The largest of them.</param>
/// <param name="FragmentationError">Mean of the absolute differences of free / size, 0..1.</param>
/// <param name="MaxFragmentationError">The largest of them.</param>
/// <param name="NotSimulated">Why the other generations are not compared.</param>
public sealed record ModelValidation(
    string Generation,
    IReadOnlyList<ValidatedGc> Gcs,
    double BytesError,
    double MaxBytesError,
    double FragmentationError,
    double MaxFragmentationError,
    string NotSimulated)
{
    internal const string LargeObjectModel = "dotnet-loh";

    private const string OnlyLargeObjects =
        "Generations 0 to 2 and the pinned heap: a recording names few of their objects, so no model can be fed with them; "
        + "dotnet-gc foretells each GC of them one step ahead.";

    /// <summary>Null when the model is not one of the recorded heap, or no full GC was both measured and replayed.</summary>
    internal static ModelValidation? Of(string model, ReplayedGcs replayed, IEnumerable<RecordedGc> measured)
    {
        if (!string.Equals(model, LargeObjectModel, StringComparison.Ordinal))
            return null;
        ValidatedGc[] gcs =
        [
            .. measured
                .Where(gc => gc is { Generation: 2, IsComplete: true } && replayed.ByNumber.ContainsKey(gc.Number))
                .Select(gc => Compare(gc, replayed.ByNumber[gc.Number])),
        ];
        return gcs.Length == 0
            ? null
            : new ModelValidation(
                "loh",
                gcs,
                gcs.Average(gc => Math.Abs(gc.BytesError)),
                gcs.Max(gc => Math.Abs(gc.BytesError)),
                gcs.Average(gc => Math.Abs(gc.FragmentationError)),
                gcs.Max(gc => Math.Abs(gc.FragmentationError)),
                OnlyLargeObjects);
    }

    private static ValidatedGc Compare(RecordedGc gc, HeapCounters simulated) => new(
        gc.Number,
        gc.Kind == GcKind.Background ? "background" : "blocking",
        gc.StartMs,
        gc.Loh.BytesAfter,
        simulated.CommittedBytes,
        gc.Loh.Fragmentation,
        simulated.CommittedBytes == 0 ? 0 : (double)simulated.FreeBytes / simulated.CommittedBytes);
}

/// <summary>One full GC, measured and simulated.</summary>
/// <param name="Kind">blocking or background; beside a background GC the program goes on allocating.</param>
/// <param name="MeasuredBytes">Size after the GC, free space included.</param>
/// <param name="MeasuredFragmentation">Free / size after the GC.</param>
public sealed record ValidatedGc(
    int Gc,
    string Kind,
    double TimeMs,
    long MeasuredBytes,
    long SimulatedBytes,
    double MeasuredFragmentation,
    double SimulatedFragmentation)
{
    /// <summary>Simulated / measured size - 1; 0 when both are empty.</summary>
    public double BytesError => MeasuredBytes == SimulatedBytes
        ? 0
        : MeasuredBytes == 0 ? 1 : ((double)SimulatedBytes / MeasuredBytes) - 1;

    /// <summary>Simulated - measured free / size.</summary>
    public double FragmentationError => SimulatedFragmentation - MeasuredFragmentation;
}
