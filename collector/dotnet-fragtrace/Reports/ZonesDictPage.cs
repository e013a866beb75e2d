using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The entries of a shared dictionary as sections of a page.</summary>
internal static class ZonesDictPage
{
    public static IEnumerable<PageSection> Sections(string name, ZonesDict dict)
    {
        yield return new PageSection(
            $"{name}: entries",
            $"{Amounts.Count(dict.Entries)} entries and {Amounts.Count(dict.Elements)} list elements take {Amounts.Bytes(dict.EntryBytes)}; "
            + $"{Amounts.Count(dict.ExpiredEntries)} have expired and still hold {Amounts.Bytes(dict.ExpiredBytes)}, "
            + $"{Amounts.Count(dict.NeverExpire)} never expire. The largest value that fits now has {Amounts.ExactBytes(dict.LargestValueBytes)}, "
            + $"with a key of {Amounts.ExactBytes(dict.MedianKeyBytes)}.",
            new PageTable(
                ["type", ">entries", ">value bytes"],
                [.. dict.Types.Select(row => (IReadOnlyList<PageCell>)[row.Type, Amounts.Count(row.Entries), Amounts.Bytes(row.ValueBytes)])]));
        if (dict.Entries == 0)
            yield break;
        yield return new PageSection(
            $"{name}: sizes of keys and values", "",
            new PageTable(
                [">bytes", ">keys", ">values", ">bytes of values"],
                [.. dict.KeySizes.Select(row => row.MinBytes).Union(dict.ValueSizes.Select(row => row.MinBytes)).Order().Select(bytes => (IReadOnlyList<PageCell>)
                [
                    bytes <= 1 ? Amounts.Count(bytes) : $"{Amounts.Count(bytes)}–{Amounts.Count((2 * bytes) - 1)}",
                    Amounts.Count(dict.KeySizes.Where(row => row.MinBytes == bytes).Sum(row => row.Count)),
                    Amounts.Count(dict.ValueSizes.Where(row => row.MinBytes == bytes).Sum(row => row.Count)),
                    Amounts.Bytes(dict.ValueSizes.Where(row => row.MinBytes == bytes).Sum(row => row.Bytes)),
                ])]));
        yield return new PageSection(
            $"{name}: order of use", "Tenths of the entries, the most recently used first; nginx evicts from the end.",
            new PageTable(
                [">entries", ">bytes", ">expired", ">never expire", ">median time to live"],
                [.. dict.ByUse.Select(row => (IReadOnlyList<PageCell>)
                [
                    Amounts.Count(row.Entries), Amounts.Bytes(row.Bytes), Amounts.Count(row.Expired), Amounts.Count(row.NeverExpire),
                    row.MedianTimeToLiveMs is { } left ? TimeToLive(left) : Cells.Nothing,
                ])]));
    }

    private static PageCell TimeToLive(double ms) => Cells.Of(ms < 0 ? $"over for {Amounts.Milliseconds(-ms)}" : Amounts.Milliseconds(ms), ms);
}
