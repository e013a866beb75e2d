using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.Benchmarks.Recording;

/// <summary>One run of the load below a tool that records it, as the load tells at its end.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="Rents">Arrays rented from pools.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
/// <param name="Collections">GCs.</param>
/// <param name="PeakBytes">Most memory of the tool that was resident at once.</param>
internal sealed record LoadRun(double Seconds, long Rents, long AllocatedBytes, long Collections, long PeakBytes)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    public static async Task<LoadRun> OfAsync(string[] command)
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
        Task exit = process.WaitForExitAsync();
        long peakBytes = 0;
        while (await Task.WhenAny(exit, Task.Delay(LookInterval)).ConfigureAwait(false) != exit)
            peakBytes = Math.Max(peakBytes, PeakMemory.Of(process.Id));

        string text = await output.ConfigureAwait(false);
        string? line = text.Split('\n').FirstOrDefault(one => one.StartsWith("load ", StringComparison.Ordinal));
        if (line is null || process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}: {text}{await error.ConfigureAwait(false)}");
        }

        long[] figures = [.. line.Split(' ').Skip(1).Select(one => long.Parse(one, CultureInfo.InvariantCulture))];
        return new LoadRun(figures[4] / 1e3, figures[1], figures[2], figures[3], peakBytes);
    }
}
