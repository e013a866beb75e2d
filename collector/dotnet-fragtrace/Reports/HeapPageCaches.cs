using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Caches and dictionaries of a snapshot.</summary>
internal static class HeapPageCaches
{
    public static IEnumerable<PageSection> Of(HeapReport report)
    {
        if (report.Caches is not { Count: > 0 } caches)
            yield break;
        yield return new PageSection(
            $"Caches and dictionaries, most retained bytes first ({Amounts.Count(report.CacheInstances)} in all)",
            "Retained: the instance and all that only it keeps alive. Value: what an entry's value alone keeps alive; shared: entries whose "
                + "value something else keeps alive as well, be it another entry. ?: references alone do not tell. Classes derived from these are not "
                + "recognised.",
            new PageTable(
                [
                    "type", ">entries", ">retained", ">value, smallest", ">median", ">90 %", ">largest", ">shared", "held by",
                ],
                [.. caches.Select(cache => (IReadOnlyList<PageCell>)
                [
                    cache.Type, Cells.Count(cache.Entries, "?"), Cells.Bytes(cache.RetainedBytes), Size(cache.ValueBytes?.MinBytes),
                    Size(cache.ValueBytes?.MedianBytes), Size(cache.ValueBytes?.P90Bytes), Size(cache.ValueBytes?.MaxBytes),
                    Cells.Count(cache.SharedValues), cache.HeldBy(),
                ])]))
        {
            Evidence = Evidence.Measured,
        };
    }

    private static PageCell Size(long? bytes) => Cells.Bytes(bytes, "");
}
