using System;
using System.Globalization;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// The kernel's own sums in <c>/proc/pid/status</c> (proc_pid_status(5)), in bytes. Kernels before 6.17 take resident ones
/// from counters that run behind by up to 64 pages for each thread or processor.
/// </summary>
/// <param name="VirtualBytes">All address space that is mapped, what may not be touched included.</param>
/// <param name="PeakVirtualBytes">Most of it at once.</param>
/// <param name="ResidentBytes">Sum of the next three.</param>
/// <param name="SharedMemoryBytes">Shared anonymous memory, System V and POSIX shared memory, files of tmpfs.</param>
/// <param name="PeakResidentBytes">Most that was resident at once.</param>
/// <param name="PageTableBytes">The kernel's own tables for this address space; not part of resident memory.</param>
/// <param name="HugeTlbBytes">Huge pages of hugetlbfs; not part of resident memory.</param>
public sealed record ProcessMemoryStatus(
    long VirtualBytes, long PeakVirtualBytes, long ResidentBytes, long AnonymousBytes, long FileBytes, long SharedMemoryBytes,
    long PeakResidentBytes, long SwappedBytes, long LockedBytes, long PageTableBytes, long HugeTlbBytes)
{
    private const long Kilobyte = 1024;

    /// <summary>Null when the text tells no memory, as that of a kernel thread or of a process that ended.</summary>
    public static ProcessMemoryStatus? From(string status)
    {
        if (!status.Contains("\nVmSize:", StringComparison.Ordinal))
            return null;

        long Of(string key) => Find(status, key);
        return new ProcessMemoryStatus(
            Of("VmSize"), Of("VmPeak"), Of("VmRSS"), Of("RssAnon"), Of("RssFile"), Of("RssShmem"), Of("VmHWM"), Of("VmSwap"),
            Of("VmLck"), Of("VmPTE"), Of("HugetlbPages"));
    }

    private static long Find(string status, string key)
    {
        int start = status.IndexOf($"\n{key}:", StringComparison.Ordinal);
        if (start < 0)
            return 0;
        ReadOnlySpan<char> value = status.AsSpan(start + key.Length + 2);
        int end = value.IndexOf('\n');
        value = (end < 0 ? value : value[..end]).Trim();
        return value.EndsWith(" kB", StringComparison.Ordinal)
            && long.TryParse(value[..^3], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            && kilobytes <= long.MaxValue / Kilobyte
                ? kilobytes * Kilobyte
                : 0;
    }
}
