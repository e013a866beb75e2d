using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Benchmarks.Recording;

/// <summary>One run of the load, alone or below a tool that records it.</summary>
/// <param name="Operations">Operations of the load per second.</param>
/// <param name="OperationsPerCpuSecond">Operations per second of processor time that the load used, GCs and event threads included.</param>
/// <param name="Rents">Arrays rented from pools, all together.</param>
/// <param name="AllocatedBytes">Bytes allocated per second.</param>
/// <param name="Collections">GCs per second.</param>
/// <param name="PeakBytes">Most memory of the tool that was resident at once; 0 without a tool.</param>
internal sealed record LoadRun(
    double Operations, double OperationsPerCpuSecond, long Rents, double AllocatedBytes, double Collections, long PeakBytes)
{
    private const int KiB = 1_024;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the command, whose output or that of its child ends with the load's own figures.</summary>
    public static async Task<LoadRun> OfAsync(string[] command, bool isTool)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        long peakBytes = 0;
        while (!process.HasExited)
        {
            if (isTool)
                peakBytes = Math.Max(peakBytes, PeakBytesOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(LookInterval)).ConfigureAwait(false);
        }

        string text = await output.ConfigureAwait(false);
        string? line = text.Split('\n').FirstOrDefault(one => one.StartsWith("load ", StringComparison.Ordinal));
        if (line is null || process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}: {text}{await error.ConfigureAwait(false)}");
        }

        long[] figures = [.. line.Split(' ').Skip(1).Select(one => long.Parse(one, CultureInfo.InvariantCulture))];
        double seconds = figures[4] / 1e3;
        return new LoadRun(
            figures[0] / seconds, 1e3 * figures[0] / figures[5], figures[1], figures[2] / seconds, figures[3] / seconds, peakBytes);
    }

    private static long PeakBytesOf(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : KiB * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
