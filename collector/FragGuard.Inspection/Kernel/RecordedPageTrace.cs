using System.Collections.Generic;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// A recording of the page allocator as an allocation trace: a block for each run of pages handed to an owner, dead when
/// its first page is freed. Pages that were in use before the recording are not in it.
/// </summary>
public static class RecordedPageTrace
{
    /// <summary>What such a trace leaves out.</summary>
    public const string Gap =
        "Pages in use before the recording are not in the trace, so the zone starts empty; a block lives until its first page is freed.";

    public static AllocationTrace Of(KernelRecording recording) => new(Events(recording));

    private static IEnumerable<AllocationEvent> Events(KernelRecording recording)
    {
        HashSet<long> live = [];
        foreach (PageEvent next in recording.Events())
        {
            if (next.Kind is not (PageEventKind.Allocated or PageEventKind.Freed))
                continue;
            if (live.Remove(next.Page))
                yield return new AllocationEvent(AllocationEventKind.Free, next.Page);
            if (next.Kind is not PageEventKind.Allocated)
                continue;
            live.Add(next.Page);
            yield return new AllocationEvent(
                AllocationEventKind.Allocate, next.Page, recording.Header.PageBytes << next.Order, Traits: TraitsOf(next.MigrateType));
        }
    }

    private static BlockTraits TraitsOf(int migrateType) => migrateType switch
    {
        (int)MigrateType.Movable => BlockTraits.Movable,
        (int)MigrateType.Reclaimable => BlockTraits.Reclaimable,
        _ => BlockTraits.None,
    };
}
