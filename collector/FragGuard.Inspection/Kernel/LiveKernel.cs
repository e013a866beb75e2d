using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Kernel;

/// <summary>The files of the running kernel, opened for reading only.</summary>
public static class LiveKernel
{
    private const string HugePages = "/sys/kernel/mm/transparent_hugepage/";
    private const string Indices = "/sys/kernel/debug/extfrag/";

    private static readonly (KernelTextKind Kind, string Path)[] Files =
    [
        (KernelTextKind.BuddyInfo, "/proc/buddyinfo"),
        (KernelTextKind.PageTypeInfo, "/proc/pagetypeinfo"),
        (KernelTextKind.ZoneInfo, "/proc/zoneinfo"),
        (KernelTextKind.SlabInfo, "/proc/slabinfo"),
        (KernelTextKind.MemoryInfo, "/proc/meminfo"),
        (KernelTextKind.Counters, "/proc/vmstat"),
        (KernelTextKind.UnusableIndex, Indices + "unusable_index"),
        (KernelTextKind.ExternalIndex, Indices + "extfrag_index"),
        (KernelTextKind.HugePagesEnabled, HugePages + "enabled"),
        (KernelTextKind.HugePagesDefrag, HugePages + "defrag"),
    ];

    /// <summary>Everything that may be read now. What may not is a gap.</summary>
    /// <exception cref="InspectionException">This is no Linux.</exception>
    public static KernelSnapshot Read() => Read(Files);

    /// <summary>What changes from one moment to the next: free blocks, slab caches, meminfo and counters.</summary>
    /// <exception cref="InspectionException">This is no Linux.</exception>
    public static KernelSnapshot Look() => Read(Files.Where(file => file.Kind
        is KernelTextKind.BuddyInfo or KernelTextKind.SlabInfo or KernelTextKind.MemoryInfo or KernelTextKind.Counters));

    private static KernelSnapshot Read(IEnumerable<(KernelTextKind Kind, string Path)> files)
    {
        RequireLinux();
        List<KernelText> texts = [];
        List<KernelGap> gaps = [];
        foreach ((KernelTextKind kind, string path) in files)
        {
            if (ProcFile.TryReadText(path) is { Length: > 0 } text)
                texts.Add(new KernelText(kind, path, text));
            else
                gaps.Add(new KernelGap(path, WhyNot(kind, path)));
        }

        return KernelSnapshot.From(texts, gaps, Environment.SystemPageSize, Settings());
    }

    /// <summary>The kernel's release, such as 6.18.1; empty when it does not tell.</summary>
    public static string Release() => ProcFile.TryReadText("/proc/sys/kernel/osrelease")?.Trim() ?? "";

    /// <summary>CPUs of the machine that are online, whatever this process may use of them.</summary>
    public static int OnlineCpus() =>
        Math.Max(Environment.ProcessorCount, CpuList.Count(ProcFile.TryReadText("/sys/devices/system/cpu/online") ?? ""));

    /// <exception cref="InspectionException">This is no Linux.</exception>
    internal static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
            throw new InspectionException(InspectionFailure.Platform, "The kernel's memory can be looked at on Linux only.");
    }

    private static KernelSettings Settings() => new(
        Setting("min_free_kbytes"), Setting("vfs_cache_pressure"), Setting("swappiness"), Setting("extfrag_threshold"));

    private static long? Setting(string name) =>
        ProcFile.TryReadText("/proc/sys/vm/" + name) is { } text && KernelNumber.TryParse(text.AsSpan().Trim(), out long number)
            ? number
            : null;

    private static string WhyNot(KernelTextKind kind, string path)
    {
        bool isIndex = kind is KernelTextKind.UnusableIndex or KernelTextKind.ExternalIndex;
        if (File.Exists(path))
            return "root may read it only (or CAP_DAC_OVERRIDE)";
        return isIndex
            ? "debugfs is not mounted on /sys/kernel/debug or not open to this user; it is a check only, the indices are computed from buddyinfo"
            : "this kernel has no such file";
    }
}
