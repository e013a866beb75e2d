using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>Each GC of real programs foretold from the heap before it, held against what the runtime measured.</summary>
public sealed class GcPredictionTests(ITestOutputHelper output)
{
    private const double LeastRight = 0.9;
    private const double MostFreeOff = 0.15;
    private const int Oldest = 2;

    public static TheoryData<string, string, string> Programs => new()
    {
        { "workstation", "heap 1 60 0", "" },
        { "workstation, two threads", "heap 2 60 0", "" },
        { "pinned", "heap 2 60 5", "" },
        { "few pinned", "heap 2 60 100", "" },
        { "conserve memory 5", "heap 2 60 100", "DOTNET_GCConserveMemory=5" },
        { "conserve memory 9", "heap 2 60 100", "DOTNET_GCConserveMemory=9" },
        { "mixed", "mix 1 60 0", "" },
        { "mixed, other seed", "mix 2 60 0", "" },
        { "mixed, large generation 0", "mix 3 60 0", "DOTNET_GCgen0size=4000000" },
        { "mixed, pinned", "mix 4 60 100", "" },
        { "mixed, pinned, large generation 0", "mix 5 60 100", "DOTNET_GCgen0size=4000000" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task BlockingGcs_DecideAndEndAsPredicted(string program, string arguments, string variables)
    {
        IReadOnlyList<RecordedGc> gcs = (await RecordedForecast.OfAsync(arguments, variables, RecordedForecast.WithPins)).Collections;
        PredictionScore score = PredictionScore.Of(gcs)!;
        Print(program, gcs, score);
        PredictionScore unaided = PredictionScore.OfUnaided(gcs)!;
        Print(
            program + ", unaided",
            [.. gcs.Where(gc => gc.Prediction?.Unaided is not null).Select(gc => gc with { Prediction = gc.Prediction!.Unaided })],
            unaided);

        Assert.True(score.Gcs >= 30, $"{score.Gcs} GCs");
        AssertRight(score);
        Assert.InRange(unaided.Gcs, score.Gcs - 5, score.Gcs - 1);
        AssertRight(unaided);
        GenerationScore oldest = score.Generations.Single(one => one.Generation == Oldest);
        Assert.True(oldest.FreeError < oldest.UnchangedFreeError, $"{oldest}");
    }

    private static void AssertRight(PredictionScore score)
    {
        GenerationScore oldest = score.Generations.Single(one => one.Generation == Oldest);
        Assert.True(score.RightDecisions >= LeastRight * score.Gcs, $"{score.RightDecisions} of {score.Gcs} decisions");
        Assert.True(oldest.FreeError <= MostFreeOff, $"{oldest}");
    }

    private void Print(string program, IReadOnlyList<RecordedGc> gcs, PredictionScore score)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{program}: {score.Gcs} GCs, {score.RightDecisions} decisions right, {score.CommonDecisions} by always saying the same"));
        foreach (GenerationScore one in score.Generations)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one}"));
        foreach ((string reason, int count) in score.Missing)
            output.WriteLine($"  {count} not predicted: {reason}");
        foreach (RecordedGc gc in gcs)
        {
            string foretold = gc.Prediction!.Missing ?? (gc.Prediction.Compacts ? "C" : "S");
            string generations = string.Join(" | ", gc.Prediction.Generations.Select(one => Line(gc.MeasureOf(one.Generation), one)));
            output.WriteLine($"{gc.Number} gen{gc.Generation} {gc.Reason} {(gc.IsCompacting ? "C" : "S")}{foretold} {generations}");
        }
    }

    private static string Line(GenerationMeasure measured, PredictedGeneration one) =>
        $"{one.Generation}: {measured.BytesAfter}/{one.SizeBytes} {measured.FreeBytesAfter}/{one.FreeBytes}";
}
