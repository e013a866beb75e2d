using System;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>What is lost below a load of far more than 50,000 rents and 1 GB a second, and whether it is counted.</summary>
public sealed class LossTests : IDisposable
{
    private const int Rent = 1;
    private const int Return = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("heap")]
    [InlineData("pools")]
    public async Task CheapProfiles_LoseNothing(string profile)
    {
        (Recording recording, TruthLines truth) = await RecordAsync(TraceProfile.ByName(profile), bufferMegabytes: 256, seconds: 12);
        RecordedRun run = RecordingReader.Read(recording.File, TestContext.Current.CancellationToken);

        Assert.Equal(0, run.EventsLost);
        Assert.Equal(0, recording.Figures.EventsLost);
        Assert.False(run.IsTruncated);
        // The target counts from a moment after its first GC on.
        int collections = RecordedEvents.Count(recording.File, RuntimeEvents.Provider, RuntimeEvents.GcStart);
        Assert.InRange(collections, truth.One("load")[3], truth.One("load")[3] + 10);
    }

    [Fact]
    public async Task EveryLostEvent_IsCounted()
    {
        Assert.SkipWhen(Environment.Version.Major < 10, "Runtimes before .NET 10 cannot be asked for rents and returns only.");
        TraceProfile profile = new(
            "rents", "Rents and returns only.",
            [ArrayPoolFeed.Request(EventLevel.Verbose) with { Denied = [2, 4, 5, 6] }], HasRundown: false);
        (Recording recording, TruthLines truth) = await RecordAsync(profile, bufferMegabytes: 1, seconds: 4);
        RecordedRun run = RecordingReader.Read(recording.File, TestContext.Current.CancellationToken);

        int rents = RecordedEvents.Count(recording.File, ArrayPoolFeed.Provider, Rent);
        int returns = RecordedEvents.Count(recording.File, ArrayPoolFeed.Provider, Return);
        long sent = 2 * truth.One("load")[1];
        string figures = string.Create(
            CultureInfo.InvariantCulture, $"{rents} rents and {returns} returns read, {run.EventsLost} lost, {sent} sent");
        Assert.True(run.EventsLost > 0, figures);
        // The base library rents a few arrays for the console.
        Assert.True(rents + returns + run.EventsLost - sent is >= 0 and < 100, figures);
    }

    private async Task<(Recording Recording, TruthLines Truth)> RecordAsync(TraceProfile profile, int bufferMegabytes, int seconds)
    {
        RecordingOptions options = new(_folder.File("run.nettrace"), profile) { BufferMegabytes = bufferMegabytes };
        LaunchCommand load = TargetProgram.Command("load", seconds.ToString(CultureInfo.InvariantCulture));
        await using TraceSession session = await TraceSession.LaunchAsync(load, options);
        Recording recording = await session.WaitAsync().WaitAsync(TimeSpan.FromSeconds(100));
        return (recording, new TruthLines(session.Target!.Output));
    }
}
