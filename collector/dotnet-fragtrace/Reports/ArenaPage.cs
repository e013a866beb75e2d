using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Inspection.Glibc;

namespace FragGuard.FragTrace.Reports;

/// <summary>The arenas of a process as a page.</summary>
internal static class ArenaPage
{
    private const int MostRows = 40;

    public static ReportPage Build(ArenaReport report, GlibcSnapshot? glibc) => new(
        "malloc arenas", ArenaWords.Title(report), [.. ArenaWords.Facts(report)], [.. Sections(report, glibc)], [.. ArenaHonesty.Of(report)]);

    private static IEnumerable<PageSection> Sections(ArenaReport report, GlibcSnapshot? glibc)
    {
        if (report.Resident is { } resident && report.Totals is { } totals && report.Prediction is { } prediction && glibc is not null)
        {
            yield return Verdict(resident);
            yield return ArenaRemedies.Section(resident, prediction);
            yield return Chunks(totals);
            yield return Arenas(report);
            yield return Heaps(report, glibc);
        }

        if (report.Private is { } memory)
            yield return Private(memory);
    }

    private static PageSection Verdict(ArenaResident resident)
    {
        IReadOnlyList<PageCell> Line(string name, long bytes, string meaning) =>
            [name, Amounts.Bytes(bytes), Share(bytes, resident.ResidentBytes), meaning];
        return new PageSection(
            "What is in memory, and why",
            "The parts add up to the heaps' resident memory.",
            new PageTable(
                ["part", ">bytes", ">of resident", "meaning"],
                [
                    Line("live", resident.LiveBytes, "blocks of the program, and malloc's own records"),
                    Line("trapped", resident.TrappedBytes, "free, on pages that also hold live bytes: fragmentation"),
                    Line("trimmable", resident.TrimmableBytes, "whole pages that malloc_trim(0) would give back"),
                    Line("tops", resident.TopBytes, "free ends of heaps, which malloc_trim leaves"),
                    Line("cached", resident.CachedBytes, "pages of blocks in threads' caches and fastbins, and free ones beside"),
                    Line("heads", resident.HeadBytes, "whole free pages that stay for the records of free chunks"),
                ]))
        {
            Evidence = Evidence.Measured,
        };
    }

    private static PageSection Chunks(ArenaTotals totals)
    {
        ChunkCountsRow chunks = totals.Chunks;
        List<IReadOnlyList<PageCell>> rows =
        [
            ["used", Amounts.Count(chunks.UsedChunks), Amounts.Bytes(chunks.UsedBytes)],
            ["free", Amounts.Count(chunks.FreeChunks), Amounts.Bytes(chunks.FreeBytes)],
            ["in fastbins", Amounts.Count(chunks.FastBinChunks), Amounts.Bytes(chunks.FastBinBytes)],
            ["in threads' caches", Amounts.Count(chunks.ThreadCacheChunks), Amounts.Bytes(chunks.ThreadCacheBytes)],
            ["tops", "–", Amounts.Bytes(chunks.TopBytes)],
            ["records", "–", Amounts.Bytes(chunks.MetadataBytes)],
        ];
        if (chunks.UnparsedBytes > 0)
            rows.Add(["not readable", "–", Amounts.Bytes(chunks.UnparsedBytes)]);
        if (totals.MappedBytes is { } mapped)
            rows.Add(["mappings of their own", Amounts.Count(totals.MappedChunks ?? 0), Amounts.Bytes(mapped)]);
        return new PageSection(
            "Chunks",
            $"mallinfo2 in the process would say: arena {Amounts.ExactBytes(totals.SystemBytes)}, uordblks {Amounts.ExactBytes(totals.GlibcUsedBytes)}, "
            + $"fordblks {Amounts.ExactBytes(totals.GlibcFreeBytes)}. It counts what is in threads' caches as in use.",
            new PageTable(["chunks", ">number", ">bytes"], rows))
        {
            Evidence = Evidence.Measured,
        };
    }

    private static PageSection Arenas(ArenaReport report)
    {
        (int Index, ArenaRow Arena)[] shown = [.. report.Arenas.Index().OrderByDescending(each => each.Item.Resident.ResidentBytes).Take(MostRows)];
        string lead = shown.Length < report.Arenas.Count
            ? $"The {Amounts.Count(shown.Length)} of {Amounts.Count(report.Arenas.Count)} with most in memory."
            : "Most in memory first.";
        return new PageSection("Arenas", lead, new PageTable(
            ["arena", ">threads", ">heaps", ">from system", ">resident", ">live", ">trapped", ">unreleased", ">trimmable"],
            [.. shown.Select(each => Row(each.Index, each.Arena))]))
        {
            Evidence = Evidence.Measured,
        };
    }

    private static IReadOnlyList<PageCell> Row(int index, ArenaRow arena) =>
    [
        ArenaWords.Name(index, arena.IsMain) + (arena.Consistent ? "" : " (torn)"), Amounts.Count(arena.Threads), Amounts.Count(arena.Heaps.Count),
        Amounts.Bytes(arena.SystemBytes), Amounts.Bytes(arena.Resident.ResidentBytes), Amounts.Bytes(arena.Resident.LiveBytes),
        Amounts.Bytes(arena.Resident.TrappedBytes), Amounts.Bytes(arena.Resident.UnreleasedBytes), Amounts.Bytes(arena.Resident.TrimmableBytes),
    ];

    private static PageSection Heaps(ArenaReport report, GlibcSnapshot glibc)
    {
        (string Arena, ArenaHeapRow Heap)[] all = [.. report.Arenas
            .SelectMany((arena, index) => arena.Heaps.Select(heap => (Arena: ArenaWords.Name(index, arena.IsMain), Heap: heap)))
            .OrderByDescending(each => each.Heap.Resident.ResidentBytes)];
        string shown = all.Length > MostRows ? $"The {Amounts.Count(MostRows)} of {Amounts.Count(all.Length)} with most in memory. " : "";
        return new PageSection(
            "Heaps",
            $"{shown}Resident, live and free are in memory; external is 1 − largest free piece / free bytes. The map has each OS page of each heap, from its lowest address on.",
            new PageTable(
                ["heap", "arena", ">length", ">resident", ">live", ">free", ">largest free", ">external"],
                [.. all.Take(MostRows).Select(each => (IReadOnlyList<PageCell>)
                [
                    Cells.Of(ArenaWords.Address(each.Heap.Start), each.Heap.Start), each.Arena, Amounts.Bytes(each.Heap.Bytes), Amounts.Bytes(each.Heap.Resident.ResidentBytes), Amounts.Bytes(each.Heap.Resident.LiveBytes),
                    Amounts.Bytes(each.Heap.Resident.FreeBytes),
                    each.Heap.Metrics is { } metrics ? Amounts.Bytes(metrics.LargestFreeBytes) : "–",
                    each.Heap.Metrics is { } known ? Amounts.Percent(known.External) : "–",
                ])]))
        {
            Map = ArenaMap.Of(glibc),
            Evidence = Evidence.Measured,
        };
    }

    private static PageSection Private(PrivateMemoryRow memory) => new(
        "What the kernel counts",
        "Everything an allocator can have is in here; so are threads' stacks and what a runtime maps by itself.",
        new PageTable(
            ["memory", ">length", ">resident"],
            [
                ["program's break ([heap])", Amounts.Bytes(memory.BreakBytes), Amounts.Bytes(memory.BreakResidentBytes)],
                ["unnamed private mappings", Amounts.Bytes(memory.MappedBytes), Amounts.Bytes(memory.MappedResidentBytes)],
                ["of both: given up, taken when needed (MADV_FREE)", "–", Amounts.Bytes(memory.LazyFreeBytes)],
                ["of both: huge pages", "–", Amounts.Bytes(memory.HugePageBytes)],
            ]))
    {
        Evidence = Evidence.Measured,
    };

    private static string Share(long part, long whole) => Amounts.Percent(whole == 0 ? 0 : (double)part / whole);
}
