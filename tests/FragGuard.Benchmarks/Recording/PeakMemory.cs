using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.Benchmarks.Recording;

/// <summary>The most memory of a process that was ever resident at once, where the system tells.</summary>
internal static class PeakMemory
{
    private const int KiB = 1_024;

    /// <summary>In bytes; 0 when unknown.</summary>
    public static long Of(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : KiB * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
