using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>The large objects of a run as a trace the simulator can replay, and how complete it is.</summary>
public sealed record LargeObjectHistory
{
    /// <summary>
    /// Births (<see cref="AllocationEventKind.Allocate"/>, payload bytes: what stands in the brackets of new byte[n]),
    /// deaths at the full GC that found them, and one <see cref="AllocationEventKind.Trim"/> per full GC, with the GC's number as its id, after its deaths.
    /// Time events tell the milliseconds of the recording. Objects older than the recording are absent.
    /// </summary>
    public required AllocationTrace Trace { get; init; }

    public required long Births { get; init; }

    /// <summary>Bytes of all births, headers and alignment included.</summary>
    public required long BirthBytes { get; init; }

    /// <summary>The part of <see cref="Births"/> known by size and, roughly, by time only: objects of less than 100 KiB, of no site.</summary>
    public required long InferredBirths { get; init; }

    /// <summary>Bytes of those.</summary>
    public required long InferredBirthBytes { get; init; }

    public required long Deaths { get; init; }

    /// <summary>Large-object bytes the program allocated between the first and the last GC, by the runtime's heap sizes.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Birth bytes / allocated bytes, both between the first and the last GC; 1 when nothing was allocated.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of the birth bytes whose death or survival no full GC showed.</summary>
    public required double UnknownLifetimeRatio { get; init; }
}
