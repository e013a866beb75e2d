using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a recording cannot tell of the heap because its events were not asked for, and what to ask for.</summary>
internal static class MissingFacts
{
    public static IReadOnlyList<string> Of(RecordedRun run)
    {
        List<string> missing = [];
        if (run.CollectionTotals.Gcs == 0)
        {
            missing.Add("The heap's generations: no GC ran, or the recording has none (runtime keyword GC, 0x1).");
            return missing;
        }

        bool hasLayouts = run.Heap.Snapshots.Count > 0;
        if (!hasLayouts)
        {
            missing.Add(
                "Where the bytes are, holes and their sizes, and when objects die: GCs did not list what they left alive "
                + "(runtime keyword GCHeapSurvivalAndMovement, 0x400000; profile layout).");
        }

        if (run.Heap.Samples == SampleKind.None)
        {
            missing.Add(
                "What stands beside the holes, and lifetimes: no allocations were recorded (runtime keyword "
                + "AllocationSampling, 0x80000000000, from .NET 10 on; GC, 0x1, at level Verbose before; profile layout).");
        }

        if (run.Heap.Samples == SampleKind.Drawn && run.LargeObjects.Births == 0)
        {
            missing.Add(
                "The replay of large objects and the what-if table: sampled allocations silence the ticks that show every large "
                + "object (profile run).");
        }

        if (run.LargeObjects.InferredBirths > 0)
        {
            missing.Add(
                $"Who allocated {Amounts.Count(run.LargeObjects.InferredBirths)} large objects of "
                + $"{Amounts.Bytes(run.LargeObjects.InferredBirthBytes)}: one of less than 100 KiB often goes by without an event of its own, and "
                + "only its size shows in the next.");
        }

        if (!run.Heap.HasPins)
        {
            missing.Add(
                "What pins block: GCs told of no pinned object (none was, or the runtime keyword GC, 0x1, was not at level "
                + "Verbose; profile full).");
        }

        return missing;
    }
}
