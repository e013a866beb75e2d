using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using FragGuard.Collector.Recordings;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace FragGuard.Benchmarks.Recordings;

/// <summary>
/// Time from a recording to its finished analysis, and of its conversion by the library of the format's owners, by the clock
/// and of the processors: the first of a process and later ones, under the runtime configuration of the tool. Both take turns,
/// each in a process of its own, so that other load hits both.
/// </summary>
internal sealed class ReadingTurns(string file, int turns)
{
    private const int Readings = 8;
    private const string Analysis = "analysis";
    private const string Conversion = "conversion";

    // The runtime takes these numbers as hexadecimal ones.
    private static readonly (string Name, string Value)[] ToolConfiguration =
    [
        ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "2710"), ("DOTNET_TC_CallCountingDelayMs", "0"),
    ];

    public async Task RunAsync()
    {
        List<ReadingTime> analyses = [];
        List<ReadingTime> conversions = [];
        for (int turn = 0; turn < turns; turn++)
        {
            analyses.Add(await MeasureAsync(Analysis).ConfigureAwait(false));
            conversions.Add(await MeasureAsync(Conversion).ConfigureAwait(false));
        }

        long events = RecordingReader.Read(file).EventsRead;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {events:N0} events, {new FileInfo(file).Length:N0} bytes"));
        foreach ((string which, Func<ReadingTime, double> time) in ReadingTime.Kinds)
            Say(which, events, analyses.ConvertAll(one => time(one)), conversions.ConvertAll(one => time(one)));
    }

    /// <summary>What a process of its own does: prints the milliseconds of each reading by the clock and of the processors.</summary>
    public static void Repeat(string what, string file)
    {
        for (int i = 0; i < Readings; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            if (string.Equals(what, Analysis, StringComparison.Ordinal))
                _ = RecordingReader.Read(file);
            else
                Convert(file);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            TimeSpan used = Environment.CpuUsage.TotalTime - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F1} {used.TotalMilliseconds:F1}"));
        }
    }

    private static void Convert(string file)
    {
        string converted = Path.Combine(Path.GetTempPath(), $"fragguard-{Guid.NewGuid():n}.etlx");
        TraceLog.CreateFromEventPipeDataFile(file, converted);
        File.Delete(converted);
    }

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
            $"  {which}: {median:F0} ms ({analyses[0]:F0} to {analyses[^1]:F0}), {events / median / 1000:F1} M events/s, "
            + $"conversion / analysis {ratios[ratios.Count / 2]:F1} ({ratios[0]:F1} to {ratios[^1]:F1})"));
    }

    private async Task<ReadingTime> MeasureAsync(string what)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ReadingTurns).Assembly.Location, "reading-once", what, file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in ToolConfiguration)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != Readings)
            throw new InvalidOperationException($"The {what} of '{file}' ended with exit code {process.ExitCode}.");

        return ReadingTime.Of(lines);
    }
}
