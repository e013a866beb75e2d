using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Tests.Heaps;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>Recordings of real programs that allow no prediction, or not of every GC, and say why.</summary>
public sealed class NoPredictionTests
{
    [Fact]
    public async Task BackgroundGcs_HaveNone_AndBlockingOnesHave()
    {
        RecordedGc[] gcs = await CollectionsOfAsync("heap 2 100 0", "DOTNET_gcConcurrent=1", RecordedForecast.WithPins);

        Assert.Contains(gcs, gc => gc.Kind == GcKind.Background);
        Assert.All(gcs.Where(gc => gc.Kind == GcKind.Background), gc => Assert.Equal(NoPrediction.Background, gc.Prediction!.Missing));
        Assert.True(gcs.Count(PredictionScore.IsScored) >= 30);
    }

    [Fact]
    public async Task ServerGc_HasNone() => Assert.All(
        await CollectionsOfAsync("heap 4 40 0", "DOTNET_gcServer=1 DOTNET_GCHeapCount=4", RecordedForecast.WithPins),
        gc => Assert.Equal(NoPrediction.SeveralHeaps, gc.Prediction!.Missing));

    [Fact]
    public async Task RecordingWithoutSurvivors_HasNone() => Assert.All(
        await CollectionsOfAsync("heap 1 40 0", "", HeapProfiles.WithoutSurvivors),
        gc => Assert.Equal(NoPrediction.NoSurvivors, gc.Prediction!.Missing));

    /// <summary>The runtime itself pins an object or two in some GCs; of the others all generations are foretold.</summary>
    [Fact]
    public async Task ProfileLayout_ForetellsDecisionsAndGeneration2_WherePinsAreUnknown()
    {
        PredictionScore score = PredictionScore.Of(await CollectionsOfAsync("mix 1 40 0", "", TraceProfile.ByName("layout")))!;

        Assert.Equal(40, score.Gcs);
        Assert.InRange(score.RightDecisions, 36, 40);
        Assert.InRange(score.GcsWithUnknownPins, 1, 39);
        Assert.Equal([40 - score.GcsWithUnknownPins, 40 - score.GcsWithUnknownPins, 40], score.Generations.Take(3).Select(static one => one.Gcs));
        Assert.InRange(score.MostUnknownPins, 1, 5);
        Assert.InRange(score.Generations.Single(one => one.Generation == 2).FreeError, 0, 0.15);
    }

    [Fact]
    public async Task ProfileLayout_TellsHowManyPinsAreUnknown()
    {
        PredictionScore score = PredictionScore.Of(await CollectionsOfAsync("heap 2 40 5", "", TraceProfile.ByName("layout")))!;

        Assert.InRange(score.MostUnknownPins, 40, 100);
    }

    [Fact]
    public async Task RecordingThatLostEvents_HasNone()
    {
        RecordedRun run = await RecordedForecast.OfAsync("load 3", "", TraceProfile.ByName("full"), bufferMegabytes: 1);

        Assert.True(run.EventsLost > 0);
        Assert.NotEmpty(run.Collections);
        Assert.All(run.Collections, gc => Assert.Equal(NoPrediction.LostEvents, gc.Prediction!.Missing));
    }

    [Fact]
    public async Task ReadingThatDoesNotAsk_GetsNone()
    {
        WatchedRun watched = await WatchedRun.OfAsync(TargetProgram.Command("heap", "1", "40", "0"), RecordedForecast.WithPins);

        Assert.All(watched.Run.Collections, gc => Assert.Null(gc.Prediction));
        Assert.Null(PredictionScore.Of(watched.Run.Collections));
    }

    private static async Task<RecordedGc[]> CollectionsOfAsync(string arguments, string variables, TraceProfile profile)
    {
        RecordedRun run = await RecordedForecast.OfAsync(arguments, variables, profile);
        IReadOnlyList<RecordedGc> gcs = run.Collections;

        Assert.Equal(0, run.EventsLost);
        Assert.True(gcs.Count >= 15, $"{gcs.Count} GCs");
        return [.. gcs];
    }
}
