using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>What a recording of the page allocator says besides its events.</summary>
public sealed record KernelRecordingHeader
{
    public required long PageBytes { get; init; }

    /// <summary>Order of the page blocks.</summary>
    public required int PageBlockOrder { get; init; }

    /// <summary>Order of huge pages, which pass through the per-CPU lists; −1 without them.</summary>
    public required int HugePageOrder { get; init; }

    /// <summary>The zones with pages, in address order.</summary>
    public required IReadOnlyList<RecordedZoneRange> Zones { get; init; }

    /// <summary>Runs of pages that were free when the recording started.</summary>
    public required IReadOnlyList<(long FirstPage, long EndPage)> Free { get; init; }

    /// <summary>What buddyinfo showed at each checkpoint, zone by zone; between its two marks among the events.</summary>
    public required IReadOnlyList<IReadOnlyList<BuddyInfo>> Shown { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Page events that did not fit.</summary>
    public required long LostEvents { get; init; }

    /// <summary>Whether the recording ended because its buffer was full.</summary>
    public required bool IsFull { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Release { get; init; }

    /// <summary>Null when kmalloc was not recorded.</summary>
    public required RecordedKmalloc? Kmalloc { get; init; }
}

/// <summary>A zone of a recording.</summary>
public sealed record RecordedZoneRange(int Node, string Zone, long FirstPage, long EndPage);

/// <summary>The kmalloc size mix of a recording.</summary>
/// <param name="LostEvents">Events that did not fit.</param>
/// <param name="Sizes">Most granted bytes first.</param>
/// <param name="Sites">Most granted bytes first, the largest ones only.</param>
public sealed record RecordedKmalloc(long LostEvents, IReadOnlyList<RecordedKmallocRow> Sizes, IReadOnlyList<RecordedKmallocRow> Sites);

/// <summary>kmalloc requests of one granted size, or of one call site.</summary>
/// <param name="Key">The granted bytes, or the call site as the kernel names it.</param>
public sealed record RecordedKmallocRow(string Key, long Requests, long RequestedBytes, long GrantedBytes, long Live);
