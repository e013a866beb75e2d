using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>How far the arenas' page can be trusted.</summary>
internal static class ArenaHonesty
{
    public static IEnumerable<string> Of(ArenaReport report)
    {
        if (report.Totals is { } totals)
        {
            yield return report.Quality.Consistent
                ? "Nothing changed while it was read: the free chunks met in every heap are those in its arena's lists, and all bytes are accounted for."
                : $"Torn: {Amounts.Count(report.Quality.TornArenas)} of {Amounts.Count(report.Arenas.Count)} arenas changed while they were read, in every "
                    + $"of several attempts; {Share(report.Quality.UnparsedBytes, totals.SystemBytes)} of the arenas' bytes could not be read as chunks.";
            if (report.Quality.UnreadArenas > 0)
                yield return $"Of {Amounts.Count(report.Quality.UnreadArenas)} further arenas nothing could be read; they are in no figure here.";
            if (report.Quality.BrokenLists > 0)
                yield return $"{Amounts.Count(report.Quality.BrokenLists)} lists of cached blocks changed or are damaged; what they hold counts as live.";
            yield return "The process was read only and never stopped. A block counts as live until it is freed; whether the program still needs it is not known.";
            yield return "What is in memory is the kernel's word for each page (pagemap), taken before the page was read. A page that was only read counts as well.";
            if (report.Private is { LazyFreeBytes: > 0 } memory)
                yield return $"{Amounts.Bytes(memory.LazyFreeBytes)} are given up but still in memory until the kernel needs them (MADV_FREE); the heaps' figures include them.";
            if (report.Private is { HugePageBytes: > 0 })
                yield return "Some of it lies in huge pages: what malloc_trim gives back of one splits it.";
            if (totals.MappedBytes is { } mapped && mapped != totals.MappedFoundBytes)
                yield return $"Of {Amounts.Bytes(mapped)} in mappings of their own, {Amounts.Bytes(totals.MappedFoundBytes)} were found.";
            if (totals.MappedBytes is null)
                yield return "How many chunks are mappings of their own could not be found; they are not in these figures.";
        }
        else
        {
            yield return "What lies inside the mappings of another allocator is not read: sizes only, as the kernel counts them.";
        }
    }

    private static string Share(long part, long whole) => Amounts.Percent(whole == 0 ? 0 : (double)part / whole);
}
