using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>memory</c> shows: the whole process as the kernel sees it, and what its resident memory is for.</summary>
public sealed record MemoryReport
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.memory/1";

    public required MemoryTarget Target { get; init; }

    public required MemorySystem System { get; init; }

    /// <summary>Most resident bytes first; they add up to the resident bytes of <see cref="System"/>.</summary>
    public required IReadOnlyList<MemoryPartRow> Parts { get; init; }

    /// <summary>Where the generations come from; null when no .NET runtime was seen.</summary>
    public required MemoryGc? Gc { get; init; }

    /// <summary>Shared memory of no file, largest first.</summary>
    public required IReadOnlyList<MemoryZoneRow> Zones { get; init; }

    /// <summary>Most serious first.</summary>
    public required IReadOnlyList<MemoryWarning> Warnings { get; init; }

    public required MemoryQuality Quality { get; init; }
}

/// <summary>The process.</summary>
/// <param name="Name">The kernel's short name of it.</param>
/// <param name="Program">Path of its program; empty when the kernel does not tell.</param>
/// <param name="OtherAllocators">Allocators other than the C library's whose libraries are loaded.</param>
public sealed record MemoryTarget(int ProcessId, string Name, string Program, int Threads, IReadOnlyList<string> OtherAllocators);

/// <summary>The whole process, in bytes.</summary>
/// <param name="InaccessibleBytes">Of the virtual bytes: reserved without any right, which costs no memory.</param>
/// <param name="UntouchedBytes">Writable memory of no file that is neither in memory nor in swap yet.</param>
/// <param name="AnonymousBytes">Of the resident bytes: private pages of no file.</param>
/// <param name="FileBytes">Of the resident bytes: pages of files.</param>
/// <param name="SharedMemoryBytes">Of the resident bytes: shared memory of no file.</param>
/// <param name="ProportionalBytes">Resident, each page divided by the number of processes that map it.</param>
/// <param name="PrivateBytes">Resident, and mapped by no other process.</param>
/// <param name="LazyFreeBytes">Resident, but already freed.</param>
/// <param name="HugePageBytes">Resident in transparent huge pages.</param>
/// <param name="HugeTlbBytes">In huge pages of hugetlbfs, which are not part of the resident bytes.</param>
/// <param name="PageTableBytes">The kernel's own tables for it, not part of the resident bytes.</param>
/// <param name="LimitBytes">Lowest memory limit of its control groups; null when none is known.</param>
/// <param name="LimitUsedBytes">What all processes of that group use, page cache included.</param>
/// <param name="LimitInactiveFileBytes">Of it, pages of files that were not needed for long: the kernel takes them back before the limit is met.</param>
/// <param name="AvailableBytes">What the machine still has without swapping; null when not told.</param>
public sealed record MemorySystem(
    long VirtualBytes, long PeakVirtualBytes, long InaccessibleBytes, long UntouchedBytes, long ResidentBytes, long PeakResidentBytes,
    long AnonymousBytes, long FileBytes, long SharedMemoryBytes, long ProportionalBytes, long PrivateBytes, long SwappedBytes,
    long LazyFreeBytes, long HugePageBytes, long HugeTlbBytes, long PageTableBytes, long? LimitBytes, long? LimitUsedBytes,
    long? LimitInactiveFileBytes, long? AvailableBytes);

/// <summary>All pieces of address space of one purpose that were recognised in one way.</summary>
/// <param name="Part">Such as programText, arenas, gcGen2, anonymous.</param>
/// <param name="Holds">used: what is resident is in use; claimed: some of it may be free inside; unknown.</param>
/// <param name="ReservedBytes">Address space.</param>
/// <param name="AccessibleBytes">Of it, what may be touched.</param>
/// <param name="UsedBytes">Bytes in use inside, where the allocator's own records were read; null otherwise.</param>
/// <param name="FreeBytes">Resident bytes that are free inside, told likewise.</param>
/// <param name="Pieces">Mappings, or parts of them.</param>
/// <param name="Certainty">certain, likely or estimated.</param>
/// <param name="How">By what it was recognised.</param>
public sealed record MemoryPartRow(
    string Part, string Holds, long ResidentBytes, long ReservedBytes, long AccessibleBytes, long SwappedBytes, long ProportionalBytes, long LazyFreeBytes,
    long? UsedBytes, long? FreeBytes, int Pieces, string Certainty, string How);

/// <summary>The GC that told where its generations lie.</summary>
/// <param name="Number">The runtime's count of it; null when none told.</param>
/// <param name="AgeMs">How long before the reading it ended; null when none told.</param>
/// <param name="WhyNot">Why none told; null when one did.</param>
/// <param name="Counters">What the runtime's own counters say; null when it sent none.</param>
public sealed record MemoryGc(int? Number, double? AgeMs, string? WhyNot, MemoryGcCounters? Counters);

/// <summary>Amounts by the runtime's own counters, which need no GC.</summary>
/// <param name="HeapBytes">Objects now, dead ones that are not collected yet among them.</param>
/// <param name="CommittedBytes">Held from the system at the end of its last GC; null before the first.</param>
/// <param name="Gen0Bytes">At the end of its last GC, free space included; so the others.</param>
public sealed record MemoryGcCounters(
    long HeapBytes, long? CommittedBytes, long Gen0Bytes, long Gen1Bytes, long Gen2Bytes, long LohBytes, long PohBytes);

/// <summary>One mapping of shared memory.</summary>
/// <param name="Kind">Such as lua_shared_dict zone; empty when it says nothing of itself.</param>
/// <param name="Name">As configured; empty when it says nothing of itself.</param>
/// <param name="LoadedBytes">In memory by way of this process.</param>
/// <param name="UsedBytes">In use inside; null when it is no zone of nginx, or its records are not in memory in this process.</param>
public sealed record MemoryZoneRow(long Start, string Kind, string Name, long Bytes, long LoadedBytes, long SwappedBytes, long? UsedBytes);

/// <summary>Something to look at.</summary>
/// <param name="Kind">swapped, limitNear, unloadedZones, untouched.</param>
/// <param name="IsAlarm">Whether it hurts now; otherwise it may hurt later.</param>
public sealed record MemoryWarning(string Kind, bool IsAlarm, string Text);

/// <summary>How far to trust the numbers.</summary>
/// <param name="CounterResidentBytes">The kernel's quick counter of the same (VmRSS), read just before.</param>
/// <param name="DriftBytes">How much the resident sum changed while the process was read.</param>
/// <param name="UncertainBytes">Resident or swapped bytes whose part is not sure because their mapping had to be divided.</param>
public sealed record MemoryQuality(long CounterResidentBytes, long DriftBytes, long UncertainBytes);
