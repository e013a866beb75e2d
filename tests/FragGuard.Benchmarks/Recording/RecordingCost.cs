using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;

namespace FragGuard.Benchmarks.Recording;

/// <summary>
/// What recording costs a busy program. One load runs all the time; in every round it is left alone for some seconds,
/// recorded by our tool and recorded by dotnet-trace with the same providers, in an order that changes from round to round. The
/// three windows of one round are compared, by the clock and by the processor time that the load used.
/// </summary>
internal sealed class RecordingCost(RecordingSettings settings)
{
    private const int Alone = 0;
    private const int Ours = 1;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    // Every order occurs equally often: what follows a recording may still feel it.
    private static readonly int[][] Orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]];

    private readonly Recorders _recorders = new(settings.Tool, settings.DotnetTrace);

    public async Task RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {settings.Rounds} rounds of {settings.Seconds} s");
        foreach (TraceProfile profile in settings.Profiles)
            await MeasureAsync(profile).ConfigureAwait(false);
    }

    private async Task MeasureAsync(TraceProfile profile)
    {
        int patience = settings.Rounds * ((3 * settings.Seconds) + 60);
        await using RunningLoad load = new(patience);
        await load.MeasureAsync(WarmUp).ConfigureAwait(false);
        List<(LoadWindow Alone, LoadWindow Ours, LoadWindow Theirs)> rounds = [];
        RecordedFigures figures = default;
        for (int round = 0; round < settings.Rounds; round++)
        {
            LoadWindow[] windows = new LoadWindow[3];
            foreach (int which in Orders[round % Orders.Length])
            {
                (windows[which], RecordedFigures one) = await WindowAsync(load, profile, which).ConfigureAwait(false);
                if (which == Ours)
                    figures = figures.With(one);
            }

            rounds.Add((windows[0], windows[1], windows[2]));
        }

        Print(profile, "by the clock", rounds, window => window.PerSecond);
        Print(profile, "by processor time", rounds, window => window.PerCpuSecond);
        Console.WriteLine($"{profile.Name}: {figures}");
    }

    /// <param name="which">Alone, recorded by us, or recorded by dotnet-trace.</param>
    private async Task<(LoadWindow Window, RecordedFigures Figures)> WindowAsync(RunningLoad load, TraceProfile profile, int which)
    {
        TimeSpan duration = TimeSpan.FromSeconds(settings.Seconds);
        if (which == Alone)
            return (await load.MeasureAsync(duration).ConfigureAwait(false), default);

        string file = settings.FileOf(profile, which == Ours ? "ours" : "dotnet-trace");
        string[] target = ["-p", load.ProcessId.ToString(CultureInfo.InvariantCulture)];
        using AttachedRecorder recorder = await AttachedRecorder.StartAsync(
            which == Ours ? _recorders.Ours(profile, file, target) : _recorders.DotnetTrace(profile, file, target), file).ConfigureAwait(false);
        LoadWindow window = await load.MeasureAsync(duration).ConfigureAwait(false);
        long peakBytes = await recorder.StopAsync().ConfigureAwait(false);
        RecordedRun recording = RecordingReader.Read(file);
        RecordedFigures figures = new(
            window.PerSecond * recording.DurationMs / 1e3, new FileInfo(file).Length, recording.EventsRead, recording.EventsLost, peakBytes);
        File.Delete(file);
        return (window, figures);
    }

    private static void Print(
        TraceProfile profile, string measure, List<(LoadWindow Alone, LoadWindow Ours, LoadWindow Theirs)> rounds,
        Func<LoadWindow, double> of)
    {
        Console.WriteLine($"{profile.Name} {measure}: ours/alone {Spread.Of(rounds.Select(one => of(one.Ours) / of(one.Alone)))}, "
            + $"dotnet-trace/alone {Spread.Of(rounds.Select(one => of(one.Theirs) / of(one.Alone)))}, "
            + $"ours/dotnet-trace {Spread.Of(rounds.Select(one => of(one.Ours) / of(one.Theirs)))}; "
            + $"alone {Spread.Of(rounds.Select(one => of(one.Alone)))} operations/s");
    }
}
