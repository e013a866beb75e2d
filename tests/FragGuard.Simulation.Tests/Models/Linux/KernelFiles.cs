using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>What the running kernel says of its page allocator.</summary>
internal static class KernelFiles
{
    private const string IndexFolder = "/sys/kernel/debug/extfrag/";

    public static string Program => "Linux " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    /// <summary>Whether pages of huge-page size pass through the per-CPU lists.</summary>
    public static bool HasHugePages => Directory.Exists("/sys/kernel/mm/transparent_hugepage");

    public static bool CanRead(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static void NeedIndices() => LivePrograms.Needs(
        OperatingSystem.IsLinux() && CanRead(IndexFolder + "unusable_index") && CanRead(IndexFolder + "extfrag_index"),
        "The kernel's fragmentation indices need debugfs and its administrator.");

    public static IReadOnlyList<BuddyInfo> Buddies() => BuddyInfo.Read(File.ReadAllLines("/proc/buddyinfo"));

    /// <summary>The zones that hold pages.</summary>
    public static IReadOnlyList<ZoneInfo> Zones() =>
        ZoneInfo.Read(File.ReadAllLines("/proc/zoneinfo")).Where(zone => zone.ManagedPages > 0).ToArray();

    /// <summary>Per zone, in the order of /proc/buddyinfo, the printed index of every order.</summary>
    public static IReadOnlyList<string[]> Indices(string file) => File.ReadAllLines(IndexFolder + file)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4..]).ToArray();

    /// <summary>A number under /proc/sys/vm.</summary>
    public static long Setting(string name) =>
        long.Parse(File.ReadAllText("/proc/sys/vm/" + name).Trim(), CultureInfo.InvariantCulture);
}
