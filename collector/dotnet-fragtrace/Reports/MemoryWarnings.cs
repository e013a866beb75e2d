using System;
using System.Collections.Generic;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// What of a process's memory hurts, or may: swap is an alarm, and much memory that was promised but never touched may come
/// at a bad moment.
/// </summary>
internal static class MemoryWarnings
{
    private const double NearLimit = 0.9;

    /// <summary>Unloaded zones of less than this share of what is left are not worth a word.</summary>
    private const double NotableShare = 0.1;

    /// <summary>Alarms first.</summary>
    public static IReadOnlyList<MemoryWarning> Of(SystemLevel system, long unloadedZoneBytes)
    {
        List<MemoryWarning> warnings = [];
        if (system.SwappedBytes > 0)
        {
            warnings.Add(new MemoryWarning(
                "swapped", IsAlarm: true, $"{Amounts.Bytes(system.SwappedBytes)} are in swap: touching them waits for the disk."));
        }

        if (system.Limit is { } limit && limit.HeldBytes >= NearLimit * limit.LimitBytes)
        {
            warnings.Add(new MemoryWarning(
                "limitNear", IsAlarm: true,
                $"Its control group holds {Amounts.Bytes(limit.HeldBytes)} of at most {Amounts.Bytes(limit.LimitBytes)}{Beside(limit)}."));
        }

        if (Left(system) is not { } left)
            return warnings;
        if (unloadedZoneBytes > NotableShare * left)
        {
            warnings.Add(new MemoryWarning(
                "unloadedZones", IsAlarm: false,
                $"{Amounts.Bytes(unloadedZoneBytes)} of shared zones are not loaded yet and become resident as the zones fill; "
                + $"{Amounts.Bytes(left)} are left for them."));
        }

        if (system.UntouchedBytes > left)
        {
            warnings.Add(new MemoryWarning(
                "untouched", IsAlarm: false,
                $"{Amounts.Bytes(system.UntouchedBytes)} of writable memory were never touched: more than the {Amounts.Bytes(left)} that are left."));
        }

        return warnings;
    }

    private static string Beside(ControlGroupMemory limit) => limit.InactiveFileBytes == 0
        ? ""
        : $", without {Amounts.Bytes(limit.InactiveFileBytes)} of inactive file pages that the kernel takes back";

    private static long? Left(SystemLevel system)
    {
        long? byLimit = system.Limit is { } limit ? Math.Max(0, limit.LimitBytes - limit.HeldBytes) : null;
        return system.AvailableBytes is { } available ? Math.Min(available, byLimit ?? available) : byLimit;
    }
}
