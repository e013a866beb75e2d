using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>A memory report as a page.</summary>
internal static class MemoryPage
{
    private const int MostZones = 40;

    public static ReportPage Build(MemoryReport report) => new(
        "process memory",
        Title(report),
        Facts(report),
        [.. Sections(report).Select(section => section.OrMeasured())],
        Honesty(report));

    private static IEnumerable<PageSection> Sections(MemoryReport report) =>
        [SystemSection(report), PartsSection(report), .. ZoneSections(report), RecognitionSection(report)];

    private static string Title(MemoryReport report)
    {
        MemoryPartRow? largest = report.Parts.FirstOrDefault(static part => part.ResidentBytes > 0);
        string most = largest is null
            ? ""
            : $", most of it {MemoryWords.Name(largest.Part)} ({Amounts.Bytes(PartSum(report, largest.Part))})";
        string warnings = report.Warnings.Count == 0 ? "" : $"; {report.Warnings[0].Text}";
        return $"Process {report.Target.ProcessId} holds {Amounts.Bytes(report.System.ResidentBytes)} of memory{most}{warnings}";
    }

    private static long PartSum(MemoryReport report, string part) => report.Parts
        .Where(row => string.Equals(row.Part, part, StringComparison.Ordinal)).Sum(static row => row.ResidentBytes);

    private static List<string> Facts(MemoryReport report)
    {
        List<string> facts =
        [
            $"{report.Target.Name} ({report.Target.Program}), {Amounts.Count(report.Target.Threads)} {(report.Target.Threads == 1 ? "thread" : "threads")}",
        ];
        if (report.Target.OtherAllocators.Count > 0)
            facts.Add($"Its allocator is not the C library's: {string.Join(", ", report.Target.OtherAllocators)}");
        facts.AddRange(report.Warnings.Select(static warning => (warning.IsAlarm ? "ALARM: " : "Warning: ") + warning.Text));
        return facts;
    }

    private static PageSection SystemSection(MemoryReport report)
    {
        MemorySystem system = report.System;
        List<IReadOnlyList<PageCell>> rows = [];
        void Add(string name, long? bytes, string meaning)
        {
            if (bytes is { } amount)
                rows.Add([name, Amounts.Bytes(amount), meaning]);
        }

        Add("virtual", system.VirtualBytes, "address space that is mapped");
        Add("  inaccessible", system.InaccessibleBytes, "reserved without any right; costs no memory");
        Add("  untouched", system.UntouchedBytes, "writable, of no file, neither in memory nor in swap yet");
        Add("peak virtual", system.PeakVirtualBytes, "most at once");
        Add("resident", system.ResidentBytes, "in memory: what counts");
        Add("  anonymous", system.AnonymousBytes, "private pages of no file");
        Add("  of files", system.FileBytes, "the kernel can take the unwritten ones back at any time");
        Add("  shared memory", system.SharedMemoryBytes, "of no file; other processes may map it too");
        Add("peak resident", system.PeakResidentBytes, "most at once");
        Add("proportional", system.ProportionalBytes, "resident, each page divided by the processes that map it");
        Add("private", system.PrivateBytes, "resident, and of this process alone");
        Add("swapped", system.SwappedBytes, "on disk");
        Add("lazily freed", system.LazyFreeBytes, "resident, but already given up (MADV_FREE)");
        Add("in huge pages", system.HugePageBytes, "of the resident bytes, in transparent huge pages");
        Add("hugetlbfs", system.HugeTlbBytes, "huge pages set aside by the administrator; not part of resident");
        Add("page tables", system.PageTableBytes, "the kernel's own; not part of resident");
        Add(
            "limit", system.LimitBytes,
            $"lowest of its control groups; {Amounts.Bytes(system.LimitUsedBytes ?? 0)} are used there, "
            + $"{Amounts.Bytes(system.LimitInactiveFileBytes ?? 0)} of them inactive file pages that the kernel takes back");
        Add("available", system.AvailableBytes, "what the machine still has without swapping");
        return new PageSection(
            "The process as the kernel sees it", "Resident is what counts; swap is an alarm.", new PageTable(["what", ">bytes", "meaning"], rows),
            MemoryPictures.Draw(report));
    }

    /// <summary>One row for each part, whichever ways its pieces were recognised in.</summary>
    private static PageSection PartsSection(MemoryReport report)
    {
        List<IReadOnlyList<PageCell>> rows =
        [
            .. report.Parts.GroupBy(static part => part.Part, StringComparer.Ordinal)
                .Select(static group => group.ToArray())
                .OrderByDescending(static part => part.Sum(static row => row.ResidentBytes))
                .Select(part => PartRow(part, report.System.ResidentBytes)),
        ];
        rows.Add(["sum", Amounts.Bytes(report.Parts.Sum(static part => part.ResidentBytes)), "", "", "", "", "", ""]);
        return new PageSection(
            "What it is for",
            "Parts marked used hold what the program uses; of those marked claimed, some may be free inside.",
            new PageTable(["part", ">resident", ">share", ">accessible", ">reserved", "holds", ">used inside", ">free inside"], rows));
    }

    private static IReadOnlyList<PageCell> PartRow(MemoryPartRow[] part, long residentBytes)
    {
        long resident = part.Sum(static row => row.ResidentBytes);
        MemoryPartRow? inside = part.FirstOrDefault(static row => row.UsedBytes is not null);
        return
        [
            MemoryWords.Name(part[0].Part), Amounts.Bytes(resident), Amounts.Percent(residentBytes == 0 ? 0 : (double)resident / residentBytes),
            Amounts.Bytes(part.Sum(static row => row.AccessibleBytes)), Amounts.Bytes(part.Sum(static row => row.ReservedBytes)), part[0].Holds,
            Optional(inside?.UsedBytes), Optional(inside?.FreeBytes),
        ];
    }

    private static PageSection RecognitionSection(MemoryReport report) => new(
        "How the parts were recognised",
        "",
        new PageTable(
            ["part", ">resident", ">swapped", ">pieces", "how sure", "recognised by"],
            [
                .. report.Parts.Select(static part => (IReadOnlyList<PageCell>)
                [
                    MemoryWords.Name(part.Part), Amounts.Bytes(part.ResidentBytes), Amounts.Bytes(part.SwappedBytes), Amounts.Count(part.Pieces),
                    part.Certainty, part.How,
                ]),
            ]));

    private static string Optional(long? bytes) => bytes is { } amount ? Amounts.Bytes(amount) : "";

    private static IEnumerable<PageSection> ZoneSections(MemoryReport report)
    {
        if (report.Zones.Count == 0)
            yield break;
        yield return new PageSection(
            "Shared memory",
            "What is not loaded yet becomes resident when it is first written, for whichever process writes it. The verb zones reads the inside of "
                + "those whose used bytes are not told here.",
            new PageTable(
                ["zone", "address", ">size", ">loaded", ">used", ">swapped"],
                [
                    .. report.Zones.Take(MostZones).Select(static zone => (IReadOnlyList<PageCell>)
                    [
                        $"{zone.Name} {zone.Kind}".Trim(), Cells.Of($"0x{zone.Start:x}", zone.Start), Amounts.Bytes(zone.Bytes), Amounts.Bytes(zone.LoadedBytes),
                        Optional(zone.UsedBytes), Amounts.Bytes(zone.SwappedBytes),
                    ]),
                ]));
    }

    private static List<string> Honesty(MemoryReport report)
    {
        List<string> sentences =
        [
            "Measured from /proc/pid/smaps and the pages that are in memory: none was written to, none was brought in to look at it, and "
                + "the process went on meanwhile.",
            $"The parts add up to the resident bytes exactly. They changed by {Amounts.Bytes(report.Quality.DriftBytes)} while they were read.",
            Counter(report),
        ];
        if (report.Parts.Any(static part => part.UsedBytes is not null))
            sentences.Add("What is used and free inside malloc's heaps was read from their chunks just after; free bytes are resident ones.");
        if (report.Gc is { } gc)
            sentences.Add(Generations(gc));
        if (report.Target.OtherAllocators.Count > 0)
        {
            sentences.Add(
                $"The heap of {string.Join(", ", report.Target.OtherAllocators)} is plain anonymous memory and counts as the anonymous rest, unless "
                + "the allocator names it.");
        }

        if (report.Quality.UncertainBytes > 0)
        {
            sentences.Add(
                $"{Amounts.Bytes(report.Quality.UncertainBytes)} may belong to another part: their mapping holds several, and pages that "
                + "were only read, or came and went meanwhile, cannot be told apart.");
        }

        return sentences;
    }

    private static string Generations(MemoryGc gc) => gc.Number is { } number
        ? $"The generations are where GC {Amounts.Count(number)} left them, at most {Amounts.Milliseconds(gc.AgeMs ?? 0)} before; what was allocated "
            + "since counts as generation 0 or as unused. They hold dead objects too. Its runtime was asked for events, whose buffer of at most "
            + "4 MiB is in the figures."
        : $"The generations are not told apart: {gc.WhyNot}" + (gc.Counters is { } counters
            ? $" By the runtime's own counters, which need no GC, {Amounts.Bytes(counters.HeapBytes)} are objects now, dead ones among them; at the end of its last "
                + $"GC it held {(counters.CommittedBytes is { } committed ? Amounts.Bytes(committed) : "an unknown amount")}, with generation 0 of "
                + $"{Amounts.Bytes(counters.Gen0Bytes)}, 1 of {Amounts.Bytes(counters.Gen1Bytes)}, 2 of {Amounts.Bytes(counters.Gen2Bytes)}, large objects of "
                + $"{Amounts.Bytes(counters.LohBytes)} and pinned ones of {Amounts.Bytes(counters.PohBytes)}, free space included. GC heap is that amount of objects, "
                + "and committed, unused the rest of what is resident: amounts, not places."
            : "");

    private static string Counter(MemoryReport report)
    {
        long difference = report.Quality.CounterResidentBytes - report.System.ResidentBytes;
        return difference == 0
            ? "The kernel's quick counter of resident memory (VmRSS) says the same."
            : $"The kernel's quick counter of resident memory (VmRSS) said {Amounts.ExactBytes(difference)} more just before; it may run "
                + "behind, and the process went on.";
    }
}
