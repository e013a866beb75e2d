using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;

namespace FragGuard.Benchmarks.Recording;

/// <summary>What a recording of the load from its start to its end lacks, beside what the load knows of itself.</summary>
internal sealed class RecordingLoss(RecordingSettings settings)
{
    private readonly Recorders _recorders = new(settings.Tool, settings.DotnetTrace);

    public async Task RunAsync()
    {
        foreach (TraceProfile profile in settings.Profiles)
        {
            // By a program that becomes the load: the variable must not reach the tool, which has a heap of its own.
            string[] load = ["--show-child-io", "--", "env", $"DOTNET_GCgen0size={settings.Gen0Bytes}", .. Recorders.Load(settings.Seconds)];
            string file = settings.FileOf(profile, "loss");
            await PrintAsync(profile, "ours", _recorders.Ours(profile, file, load), file).ConfigureAwait(false);
            await PrintAsync(profile, "dotnet-trace", _recorders.DotnetTrace(profile, file, load), file).ConfigureAwait(false);
        }
    }

    private static async Task PrintAsync(TraceProfile profile, string tool, string[] command, string file)
    {
        LoadRun run = await LoadRun.OfAsync(command).ConfigureAwait(false);
        RecordedRun recording = RecordingReader.Read(file);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.Name} {tool}: {run.Seconds:0} s, {run.Rents / run.Seconds:0} rents/s, {run.AllocatedBytes / run.Seconds / 1e9:0.00} GB/s, "
            + $"{run.Collections / run.Seconds:0} GCs/s; {new FileInfo(file).Length / 1e6:0.0} MB, {recording.EventsRead} events, "
            + $"{recording.EventsLost} lost; rents {recording.Pools.Sum(pool => pool.Rented)} of {run.Rents}, "
            + $"GCs {recording.CollectionTotals.Gcs} of {run.Collections}; tool at most {run.PeakBytes / 1e6:0} MB"));
        File.Delete(file);
    }
}
