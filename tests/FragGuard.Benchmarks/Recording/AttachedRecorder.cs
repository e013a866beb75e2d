using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.Benchmarks.Recording;

/// <summary>A tool that records a running process until it is told to stop.</summary>
internal sealed class AttachedRecorder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private AttachedRecorder(Process process) => _process = process;

    /// <summary>Starts it and waits until it has recorded for a moment.</summary>
    public static async Task<AttachedRecorder> StartAsync(string[] command, string file)
    {
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AttachedRecorder recorder = new(process);
        Stopwatch clock = Stopwatch.StartNew();
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            if (process.HasExited || clock.Elapsed > Patience)
                throw new InvalidOperationException($"{string.Join(' ', command)} did not record.");
            await Task.Delay(TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
        }

        await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        return recorder;
    }

    /// <summary>Ends it cleanly and returns the most memory it had, in bytes.</summary>
    public async Task<long> StopAsync()
    {
        long peakBytes = PeakMemory.Of(_process.Id);
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(false);
        return peakBytes;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
