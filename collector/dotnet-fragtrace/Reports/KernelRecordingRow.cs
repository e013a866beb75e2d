using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a recording of the page allocator holds.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Events">Recorded page events, by name.</param>
/// <param name="LostEvents">Page events that did not fit.</param>
/// <param name="IsFull">The buffer was full before the time was over; what was recorded until then has no gap.</param>
/// <param name="Replay">The replay of the page events against the free blocks at the end; null when it cannot be made.</param>
/// <param name="Sizes">The kmalloc size mix; null when it was not recorded.</param>
public sealed record KernelRecordingRow(
    string File, double DurationMs, IReadOnlyList<KernelFigureRow> Events, long LostEvents, bool IsFull,
    KernelReplayRow? Replay, KernelSizesRow? Sizes);

/// <summary>Free blocks in the replay against those the kernel showed at checkpoints of the recording.</summary>
/// <param name="Checkpoints">Checkpoints that were recorded whole.</param>
/// <param name="FreePages">Free pages at the last one.</param>
/// <param name="DifferentPages">Pages in blocks that the replay has too many or too few of, at the last one.</param>
/// <param name="MostDifferent">The largest share of such pages of the free ones, of all checkpoints.</param>
/// <param name="ContradictedPages">Pages of events that contradict what was known.</param>
public sealed record KernelReplayRow(int Checkpoints, long FreePages, long DifferentPages, double MostDifferent, long ContradictedPages);

/// <summary>kmalloc requests during the recording.</summary>
/// <param name="Requests">Recorded requests.</param>
/// <param name="LostEvents">Events that did not fit into their buffer.</param>
/// <param name="Classes">Most granted bytes first.</param>
/// <param name="CallSites">Most granted bytes first, the largest ones only.</param>
public sealed record KernelSizesRow(
    long Requests, long LostEvents, IReadOnlyList<KernelSizeClassRow> Classes, IReadOnlyList<KernelCallSiteRow> CallSites);

/// <summary>One size that kmalloc grants.</summary>
/// <param name="StillLive">Of the recorded requests, those not freed before the recording ended.</param>
public sealed record KernelSizeClassRow(long GrantedBytes, long Requests, long RequestedBytesTotal, long GrantedBytesTotal, long StillLive);

/// <summary>Code of the kernel that asks for memory, as the kernel names it.</summary>
public sealed record KernelCallSiteRow(string CallSite, long Requests, long RequestedBytesTotal, long GrantedBytesTotal, long StillLive);
