using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Models.Linux;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Kernel;

/// <summary>The pages that the kernel marks as free (KPF_BUDDY), from /proc/kpageflags (kernel documentation, admin-guide/mm/pagemap).</summary>
internal static class FreePageMap
{
    private const string PageFlags = "/proc/kpageflags";
    private const ulong OnFreeList = 1UL << 10;
    private const int PagesAtOnce = 1 << 17;

    /// <summary>Runs of free pages of the zones in order, each inside one zone.</summary>
    /// <exception cref="InspectionException">The file may not be read.</exception>
    public static IReadOnlyList<(long FirstPage, long EndPage)> Read(IEnumerable<ZoneInfo> zones)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(PageFlags, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            List<(long FirstPage, long EndPage)> runs = [];
            byte[] buffer = new byte[PagesAtOnce * sizeof(ulong)];
            foreach (ZoneInfo zone in zones)
                AddRuns(runs, file, zone, buffer);
            return runs;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InspectionException(
                InspectionFailure.NoPermission, $"{PageFlags} says which pages are free, and takes root: {exception.Message}", exception);
        }
    }

    private static void AddRuns(List<(long FirstPage, long EndPage)> runs, SafeFileHandle file, ZoneInfo zone, byte[] buffer)
    {
        long start = -1;
        long page = zone.FirstPage;
        while (page < zone.EndPage)
        {
            int wanted = (int)Math.Min(PagesAtOnce, zone.EndPage - page) * sizeof(ulong);
            int read = RandomAccess.Read(file, buffer.AsSpan(0, wanted), page * sizeof(ulong)) / sizeof(ulong);
            if (read == 0)
                break;
            foreach (ulong flags in MemoryMarshal.Cast<byte, ulong>(buffer.AsSpan(0, read * sizeof(ulong))))
            {
                bool isFree = (flags & OnFreeList) != 0;
                if (isFree && start < 0)
                    start = page;
                if (!isFree && start >= 0)
                {
                    runs.Add((start, page));
                    start = -1;
                }

                page++;
            }
        }

        if (start >= 0)
            runs.Add((start, page));
    }
}
