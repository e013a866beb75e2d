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
/// What recording costs a busy program: the load alone, below <c>dotnet-fragtrace collect</c> and below <c>dotnet-trace
/// collect</c> with the same providers, in turns whose order changes from round to round. Each recorded run is compared with
/// the run alone of its own round.
/// Arguments: seconds=10 rounds=5 profiles=pools,heap,… dotnet-trace=path folder=path.
/// </summary>
internal sealed class CollectorCost(string[] arguments)
{
    private readonly Dictionary<string, string> _settings = arguments
        .Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);

    private string Seconds => _settings.GetValueOrDefault("seconds", "10");

    private int Rounds => int.Parse(_settings.GetValueOrDefault("rounds", "5"), CultureInfo.InvariantCulture);

    private string DotnetTrace => _settings.GetValueOrDefault("dotnet-trace", "dotnet-trace");

    private string Folder => _settings.GetValueOrDefault("folder", Path.GetTempPath());

    private string[] Load => ["dotnet", Beside("FragGuard.Collector.Tests.Target.dll"), "load", Seconds];

    public async Task RunAsync()
    {
        string names = _settings.GetValueOrDefault("profiles", string.Join(',', TraceProfile.All.Select(profile => profile.Name)));
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {Rounds} rounds of {Seconds} s");
        foreach (string name in names.Split(','))
            await MeasureAsync(TraceProfile.ByName(name)).ConfigureAwait(false);
    }

    private async Task MeasureAsync(TraceProfile profile)
    {
        List<(LoadRun Alone, LoadRun Ours, LoadRun Theirs)> rounds = [];
        string ours = Path.Combine(Folder, $"cost-{profile.Name}-ours.nettrace");
        string theirs = Path.Combine(Folder, $"cost-{profile.Name}-theirs.nettrace");
        for (int round = 0; round < Rounds; round++)
        {
            LoadRun[] runs = new LoadRun[3];
            for (int turn = 0; turn < runs.Length; turn++)
            {
                int which = (round + turn) % runs.Length;
                runs[which] = which switch
                {
                    0 => await LoadRun.OfAsync(Load, isTool: false).ConfigureAwait(false),
                    1 => await LoadRun.OfAsync(Ours(profile, ours), isTool: true).ConfigureAwait(false),
                    _ => await LoadRun.OfAsync(Theirs(profile, theirs), isTool: true).ConfigureAwait(false),
                };
            }

            rounds.Add((runs[0], runs[1], runs[2]));
            Console.WriteLine($"{profile.Name} {round}: {Line("alone", runs[0])}{Line("ours", runs[1])}{Line("dotnet-trace", runs[2])}");
        }

        Compare(profile, "by the clock", rounds, run => run.Operations);
        Compare(profile, "by processor time", rounds, run => run.OperationsPerCpuSecond);
        Console.WriteLine($"{profile.Name}: ours         {Recorded(ours, rounds[^1].Ours)}");
        Console.WriteLine($"{profile.Name}: dotnet-trace {Recorded(theirs, rounds[^1].Theirs)}");
        File.Delete(ours);
        File.Delete(theirs);
    }

    private static void Compare(
        TraceProfile profile, string measure, List<(LoadRun Alone, LoadRun Ours, LoadRun Theirs)> rounds, Func<LoadRun, double> of) =>
        Console.WriteLine($"{profile.Name} {measure}: ours/alone {Spread.Of(rounds.Select(one => of(one.Ours) / of(one.Alone)))}, "
            + $"dotnet-trace/alone {Spread.Of(rounds.Select(one => of(one.Theirs) / of(one.Alone)))}, "
            + $"ours/dotnet-trace {Spread.Of(rounds.Select(one => of(one.Ours) / of(one.Theirs)))}");

    private static string Line(string name, LoadRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {name} {run.Operations:0} op/s {run.OperationsPerCpuSecond:0} op/cpu-s {run.AllocatedBytes / 1e9:0.00} GB/s {run.Collections:0} GC/s {run.PeakBytes / 1e6:0} MB");

    /// <summary>What the last round's recording holds, beside what the load knows of itself.</summary>
    private string Recorded(string file, LoadRun run)
    {
        RecordedRun recording = RecordingReader.Read(file);
        double seconds = double.Parse(Seconds, CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new FileInfo(file).Length / 1e6 / seconds:0.00} MB/s, {recording.EventsRead / seconds:0} events/s, "
            + $"{recording.EventsLost} lost; rents {recording.Pools.Sum(pool => pool.Rented)} of {run.Rents}, "
            + $"GCs {recording.Collections.Count} of {run.Collections * seconds:0}; tool at most {run.PeakBytes / 1e6:0} MB");
    }

    private string[] Ours(TraceProfile profile, string file) =>
        ["dotnet", Beside("dotnet-fragtrace.dll"), "collect", "--profile", profile.Name, "-o", file, "--show-child-io", "--", .. Load];

    private string[] Theirs(TraceProfile profile, string file)
    {
        IEnumerable<string> providers = profile.RequestsOn(Environment.Version.Major)
            .Select(request => $"{request.Provider}:0x{request.Keywords:x}:{(int)request.Level}");
        return
        [
            DotnetTrace, "collect", "--providers", string.Join(',', providers), "--rundown", profile.HasRundown ? "true" : "false",
            "--buffersize", "256", "-o", file, "--show-child-io", "--", .. Load,
        ];
    }

    private static string Beside(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);
}
