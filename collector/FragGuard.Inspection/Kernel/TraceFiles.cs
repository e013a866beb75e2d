using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Kernel;

/// <summary>Where the kernel's tracing is, and what was left there.</summary>
public static class TraceFiles
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Roots = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    /// <summary>The folder of the kernel's tracing.</summary>
    /// <exception cref="InspectionException">It is not mounted, or not open to this user.</exception>
    public static string Root()
    {
        LiveKernel.RequireLinux();
        return Roots.FirstOrDefault(root => Directory.Exists(Path.Combine(root, "instances")))
            ?? throw new InspectionException(
                InspectionFailure.NoPermission,
                "Recording needs tracefs, and root: it is not mounted, or not open to this user (mount -t tracefs none /sys/kernel/tracing).");
    }

    /// <summary>Whether the kernel has an event, named by its group and its name.</summary>
    public static bool Has(string root, string groupAndEvent) => Directory.Exists(Path.Combine(root, "events", groupAndEvent));

    /// <summary>
    /// Removes the trace buffers of recordings that were killed: those named like ours whose process is gone. One that
    /// is still open, as of a process that cannot be seen from here, stays.
    /// </summary>
    /// <returns>Names of what was removed, and of what could not be.</returns>
    public static (IReadOnlyList<string> Removed, IReadOnlyList<string> Left) RemoveLeftovers(string root)
    {
        List<string> removed = [];
        List<string> left = [];
        foreach (string folder in Leftovers(root))
        {
            try
            {
                Directory.Delete(folder);
                removed.Add(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                left.Add(folder);
            }
        }

        return (removed, left);
    }

    /// <summary>
    /// Removes a trace buffer of ours. A program that some thread starts at that moment holds our open files until it is
    /// loaded, and the kernel calls the buffer busy: that passes.
    /// </summary>
    /// <exception cref="IOException">It is busy for longer than two seconds, or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The kernel refuses it.</exception>
    public static void Remove(string folder)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder);
                return;
            }
            catch (IOException) when (attempt < MostAttempts && Directory.Exists(folder))
            {
                Thread.Sleep(BetweenAttempts);
            }
        }
    }

    private static string[] Leftovers(string root)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(Path.Combine(root, "instances")).Where(folder =>
                TraceInstanceName.TryParse(Path.GetFileName(folder)) is { } name && !name.IsAlive())];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
