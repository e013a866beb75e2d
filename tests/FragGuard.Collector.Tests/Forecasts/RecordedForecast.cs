using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>Runs of the target, recorded and read with predictions.</summary>
internal static class RecordedForecast
{
    /// <summary>GCs, survivors and pins.</summary>
    public static TraceProfile WithPins { get; } = new(
        "pins", "GCs, survivors and pins.",
        [new ProviderRequest(RuntimeEvents.Provider, GcFeed.Keywords | SurvivalFeed.Keywords, EventLevel.Verbose)], HasRundown: false);

    /// <param name="arguments">Of the target, apart by blanks.</param>
    /// <param name="variables">Of its environment: name=value, apart by blanks.</param>
    public static async Task<RecordedRun> OfAsync(
        string arguments, string variables, TraceProfile profile, int bufferMegabytes = 256)
    {
        LaunchCommand command = TargetProgram.Command(arguments.Split(' '));
        Dictionary<string, string?> environment = new(command.Environment, StringComparer.Ordinal);
        foreach (string variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            environment[variable.Split('=')[0]] = variable.Split('=')[1];
        using TemporaryFolder folder = new();
        RecordingOptions options = new(folder.File("run.nettrace"), profile) { BufferMegabytes = bufferMegabytes };
        await using TraceSession session = await TraceSession.LaunchAsync(command with { Environment = environment }, options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);
        return RecordingReader.Read(recording.File, new ReadingOptions { PredictsGcs = true });
    }
}
