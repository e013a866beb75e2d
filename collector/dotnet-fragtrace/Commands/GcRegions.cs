using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Regions;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Breakdown;

namespace FragGuard.FragTrace.Commands;

/// <summary>Asks the runtime of a .NET process where its generations lie.</summary>
internal static class GcRegions
{
    private static readonly PartKind[] Kinds =
        [PartKind.GcGen0, PartKind.GcGen1, PartKind.GcGen2, PartKind.GcLargeObjects, PartKind.GcPinnedObjects];

    /// <summary>What is known of the address space, and who told; a runtime that does not answer tells nothing, and why is said.</summary>
    /// <exception cref="FragTraceException">The user stopped it, or the runtime did not say that it did the GC that was to be forced.</exception>
    public static async Task<(IReadOnlyList<MemoryClaim> Claims, MemoryGc Gc)> AskAsync(
        int processId, TimeSpan patience, bool isForcing, CancellationToken stop)
    {
        if (patience == TimeSpan.Zero)
            return ([], new MemoryGc(null, null, "the runtime was not asked (--wait 0).", null));
        try
        {
            GcAnswer answer = await RegionSession.WatchAsync(processId, patience, isForcing, stop).ConfigureAwait(false);
            MemoryGcCounters? counters = RowOf(answer.Counters);
            return answer.Regions is { } told
                ? (GcClaims.Of(told.Regions.Select(RangeOf)), new MemoryGc(told.Gc, told.Age.TotalMilliseconds, null, counters))
                : ([], new MemoryGc(null, null, FormattableString.Invariant(
                    $"no GC ended in {patience.TotalSeconds:0.#} s; --wait waits longer, --gc forces one."), counters));
        }
        catch (SessionException exception) when (isForcing)
        {
            throw new FragTraceException(
                $"The GC is not confirmed: {Sentence(exception.Message)} Without --gc the memory is shown all the same.", ExitCode.Session, exception);
        }
        catch (SessionException exception)
        {
            return ([], new MemoryGc(null, null, Sentence(exception.Message), null));
        }
        catch (OperationCanceledException exception)
        {
            throw new FragTraceException("Stopped before the process was read.", ExitCode.Session, exception);
        }
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static GcRange RangeOf(GcRegion region) => new(
        Kinds[region.Generation], region.Start, region.Start + (ulong)region.UsedBytes, region.Start + (ulong)region.ReservedBytes);

    private static MemoryGcCounters? RowOf(HeapCounters? counters) => counters is null
        ? null
        : new MemoryGcCounters(
            counters.HeapBytes, counters.CommittedBytes == 0 ? null : counters.CommittedBytes, counters.Gen0Bytes, counters.Gen1Bytes,
            counters.Gen2Bytes, counters.LargeBytes, counters.PinnedBytes);
}
