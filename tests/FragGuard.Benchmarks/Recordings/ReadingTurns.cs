using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using FragGuard.Benchmarks.Reader;
using FragGuard.Collector.Recordings;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace FragGuard.Benchmarks.Recordings;

/// <summary>
/// Time from a recording to its finished analysis, and of its conversion by the library of the format's owners, by the clock
/// and of the processors: the first of a process and later ones, under the runtime configuration of the tool. All take turns,
/// each in a process of its own, so that other load hits all.
/// </summary>
/// <param name="file">The recording.</param>
/// <param name="turns">How often each is measured.</param>
/// <param name="nativeReader">FragGuard.Benchmarks.Reader as native program; null when there is none.</param>
internal sealed class ReadingTurns(string file, int turns, string? nativeReader)
{
    // The runtime takes these numbers as hexadecimal ones.
    private static readonly (string Name, string Value)[] ToolConfiguration =
    [
        ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "2710"), ("DOTNET_TC_CallCountingDelayMs", "0"),
    ];

    public async Task RunAsync()
    {
        string[] conversion = ["dotnet", typeof(ReadingTurns).Assembly.Location, "conversion", file];
        List<(string Name, string[] Command, List<ReadingTime> Times)> analyses =
            [("managed", ["dotnet", typeof(RepeatedWork).Assembly.Location, file], [])];
        if (nativeReader is not null)
            analyses.Add(("native", [nativeReader, file], []));
        List<ReadingTime> conversions = [];
        for (int turn = 0; turn < turns; turn++)
        {
            foreach ((_, string[] command, List<ReadingTime> times) in analyses)
                times.Add(await MeasureAsync(command).ConfigureAwait(false));
            conversions.Add(await MeasureAsync(conversion).ConfigureAwait(false));
        }

        long events = RecordingReader.Read(file).EventsRead;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {events:N0} events, {new FileInfo(file).Length:N0} bytes"));
        foreach ((string name, _, List<ReadingTime> times) in analyses)
        {
            foreach ((string which, Func<ReadingTime, double> time) in ReadingTime.Kinds)
                Say($"{name}, {which}", events, times.ConvertAll(one => time(one)), conversions.ConvertAll(one => time(one)));
        }
    }

    /// <summary>What a process of its own does.</summary>
    public static void Convert(string file) => RepeatedWork.Time(() =>
    {
        string converted = Path.Combine(Path.GetTempPath(), $"fragguard-{Guid.NewGuid():n}.etlx");
        TraceLog.CreateFromEventPipeDataFile(file, converted);
        File.Delete(converted);
    });

    private static void Say(string which, long events, List<double> analyses, List<double> conversions)
    {
        List<double> ratios = [];
        for (int i = 0; i < analyses.Count; i++)
            ratios.Add(conversions[i] / analyses[i]);
        analyses.Sort();
        ratios.Sort();
        double median = analyses[analyses.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {which}: {median:F0} ms ({analyses[0]:F0} to {analyses[^1]:F0}), {events / median / 1000:F1} M events/s "
            + $"({events / analyses[^1] / 1000:F1} to {events / analyses[0] / 1000:F1}), "
            + $"conversion / analysis {ratios[ratios.Count / 2]:F1} ({ratios[0]:F1} to {ratios[^1]:F1})"));
    }

    private static async Task<ReadingTime> MeasureAsync(string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach ((string name, string value) in ToolConfiguration)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != RepeatedWork.Rounds)
            throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with exit code {process.ExitCode}.");

        return ReadingTime.Of(lines);
    }
}
