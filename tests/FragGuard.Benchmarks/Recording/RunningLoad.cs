using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.Benchmarks.Recording;

/// <summary>The load while it runs: it tells four times a second how far it is.</summary>
internal sealed class RunningLoad : IAsyncDisposable
{
    private readonly Process _process;

    public RunningLoad(int seconds)
    {
        string[] command = Recorders.Load(seconds);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    public int ProcessId => _process.Id;

    /// <summary>What it does from the next tick on until the first one after that time.</summary>
    public async Task<LoadWindow> MeasureAsync(TimeSpan duration)
    {
        long[] first = await NewestTickAsync().ConfigureAwait(false);
        long[] last = first;
        while (last[0] - first[0] < duration.TotalMilliseconds)
            last = await TickAsync().ConfigureAwait(false);
        return new LoadWindow(last[1] - first[1], last[0] - first[0], last[2] - first[2]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    // Ticks from before this moment wait in the pipe: those come at once, the newest is the first one waited for.
    private async Task<long[]> NewestTickAsync()
    {
        while (true)
        {
            Stopwatch clock = Stopwatch.StartNew();
            long[] tick = await TickAsync().ConfigureAwait(false);
            if (clock.ElapsedMilliseconds > 50)
                return tick;
        }
    }

    private async Task<long[]> TickAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("tick ", StringComparison.Ordinal))
                return [.. line.Split(' ').Skip(1).Select(one => long.Parse(one, CultureInfo.InvariantCulture))];
        }

        throw new InvalidOperationException("The load ended too early.");
    }
}
