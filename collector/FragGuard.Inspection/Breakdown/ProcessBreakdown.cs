using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>What the memory of a process is for, at about one moment.</summary>
public sealed record ProcessBreakdown
{
    public required ProcessStatus Status { get; init; }

    public required string Executable { get; init; }

    public required SystemLevel System { get; init; }

    /// <summary>Most resident bytes first; their resident bytes add up to those of <see cref="System"/>.</summary>
    public required IReadOnlyList<MemoryPart> Parts { get; init; }

    /// <summary>Bytes whose part is not sure because mappings had to be divided; see <see cref="MappingCutter.UncertainBytes"/>.</summary>
    public required long UncertainBytes { get; init; }

    /// <summary>How much the resident sum changed while the process was read.</summary>
    public required long DriftBytes { get; init; }

    /// <summary>Allocators other than glibc's whose libraries are mapped.</summary>
    public required IReadOnlyList<string> OtherAllocators { get; init; }

    /// <summary>Shared memory, one row for each mapping, largest first.</summary>
    public required IReadOnlyList<SharedZone> SharedZones { get; init; }

    /// <summary>Stacks that were found, the main thread's included; also those of ended threads that are kept for new ones.</summary>
    public required int StacksOfThreads { get; init; }
}

/// <summary>One mapping of shared memory.</summary>
/// <param name="LoadedBytes">In memory by way of this process.</param>
/// <param name="Kind">Such as lua_shared_dict zone; empty when it says nothing of itself.</param>
/// <param name="Name">As configured; empty when it says nothing of itself.</param>
/// <param name="UsedBytes">Slots and pages in use; null when it is no zone of nginx, or its records are not in memory here.</param>
public sealed record SharedZone(
    ulong Start, long Bytes, long LoadedBytes, long SwappedBytes, string Kind = "", string Name = "", long? UsedBytes = null);
