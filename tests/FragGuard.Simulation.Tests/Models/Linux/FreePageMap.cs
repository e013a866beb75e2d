using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>The pages that the kernel marks as free, read from /proc/kpageflags.</summary>
internal static class FreePageMap
{
    public const string File = "/proc/kpageflags";

    private const ulong OnFreeList = 1UL << 10;
    private const int PagesAtOnce = 1 << 17;

    /// <summary>Runs of free pages of the zones, each inside one zone.</summary>
    public static IReadOnlyList<(long FirstPage, long EndPage)> Read(IEnumerable<ZoneInfo> zones)
    {
        List<(long FirstPage, long EndPage)> runs = [];
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = System.IO.File.OpenHandle(File);
        byte[] buffer = new byte[PagesAtOnce * sizeof(ulong)];
        foreach (ZoneInfo zone in zones)
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
                        (_, start) = (AddRun(runs, start, page), -1);
                    page++;
                }
            }

            if (start >= 0)
                AddRun(runs, start, page);
        }

        return runs;
    }

    private static int AddRun(List<(long FirstPage, long EndPage)> runs, long first, long end)
    {
        runs.Add((first, end));
        return runs.Count;
    }
}
