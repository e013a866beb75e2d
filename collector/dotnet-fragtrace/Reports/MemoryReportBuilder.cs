using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Inspection.Breakdown;

namespace FragGuard.FragTrace.Reports;

/// <summary>Puts a breakdown into the words of a report.</summary>
internal static class MemoryReportBuilder
{
    /// <summary>Zones of at least this many are only added up.</summary>
    private const int MostZones = 1000;

    public static MemoryReport Build(ProcessBreakdown breakdown, MemoryGc? gc) => new()
    {
        Target = new MemoryTarget(
            breakdown.Status.ProcessId, Printable.Line(breakdown.Status.Name), Printable.Line(breakdown.Executable),
            breakdown.Status.Threads, breakdown.OtherAllocators),
        System = Row(breakdown.System),
        Parts = [.. breakdown.Parts.Select(Row)],
        Gc = gc,
        Zones =
        [
            .. breakdown.SharedZones.Take(MostZones)
                .Select(static zone => new MemoryZoneRow(
                (long)zone.Start, zone.Kind, Printable.Line(zone.Name), zone.Bytes, zone.LoadedBytes, zone.SwappedBytes, zone.UsedBytes)),
        ],
        Warnings = MemoryWarnings.Of(
            breakdown.System, breakdown.SharedZones.Sum(static zone => zone.Bytes - zone.LoadedBytes - zone.SwappedBytes)),
        Quality = new MemoryQuality(breakdown.System.Status.ResidentBytes, breakdown.DriftBytes, breakdown.UncertainBytes),
    };

    private static MemorySystem Row(SystemLevel system) => new(
        system.VirtualBytes, system.Status.PeakVirtualBytes, system.InaccessibleBytes, system.UntouchedBytes,
        system.ResidentBytes, system.Status.PeakResidentBytes, system.AnonymousBytes, system.FileBytes, system.SharedMemoryBytes,
        system.ProportionalBytes, system.PrivateBytes, system.SwappedBytes, system.LazyFreeBytes, system.HugePageBytes,
        system.HugeTlbBytes, system.Status.PageTableBytes, system.Limit?.LimitBytes, system.Limit?.UsedBytes, system.Limit?.InactiveFileBytes,
        system.AvailableBytes);

    private static MemoryPartRow Row(MemoryPart part) => new(
        MemoryWords.Key(part.Kind), MemoryWords.Holds(part.Kind), part.ResidentBytes, part.ReservedBytes, part.AccessibleBytes, part.SwappedBytes,
        part.ProportionalBytes, part.LazyFreeBytes, part.Inside?.UsedBytes, part.Inside?.FreeBytes, part.Pieces, Lower(part.Certainty), part.How);

    private static string Lower(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "certain",
        Certainty.Likely => "likely",
        _ => "estimated",
    };
}
