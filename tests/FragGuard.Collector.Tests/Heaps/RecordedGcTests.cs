using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public class RecordedGcTests
{
    private const int Attempts = 3;

    private readonly TargetRuntime _runtime;

    public RecordedGcTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected RecordedGcTests(TargetRuntime runtime) => _runtime = runtime;

    [Fact]
    public async Task Measures_EqualWhatTheRuntimeTellsTheProgram()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("measures"), TraceProfile.Run);
        foreach (long[] truth in watched.Truth.All("gc"))
        {
            RecordedGc gc = watched.Run.Collections.Single(one => one.Number == truth[0]);
            Assert.Equal(truth[1], gc.Generation);
            Assert.True(gc.IsComplete);
            Assert.Equal("Induced", gc.Reason);
            Assert.InRange(gc.PromotedBytes, truth[3] - gc.Poh.BytesAfter, truth[3]);
        }

        foreach (long[] truth in watched.Truth.All("generation"))
        {
            RecordedGc gc = watched.Run.Collections.Single(one => one.Number == truth[0]);
            GenerationMeasure measure = new[] { gc.Gen0, gc.Gen1, gc.Gen2, gc.Loh, gc.Poh }[truth[1]];
            Assert.Equal(truth[2], measure.BytesBefore);
            Assert.Equal(truth[3], measure.BytesAfter);
            Assert.Equal(truth[4], measure.FreeBytesBefore);
            Assert.Equal(truth[5], measure.FreeBytesAfter);
        }
    }

    /// <summary>
    /// The runtime reads its clock before the first event of a suspension and before the last of the restart. A thread may have to wait
    /// for a processor in between, so that either says more than the other: a recording where one did is made again.
    /// </summary>
    [Fact]
    public async Task Pauses_AreThoseTheRuntimeCounts()
    {
        (double OursUs, long TheirsUs)[] different = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("measures"), TraceProfile.Run);
            different =
            [
                .. watched.Truth.All("gc")
                    .Select(truth => (OursUs: watched.Run.Collections.Single(one => one.Number == truth[0]).PauseMs * 1000, TheirsUs: truth[2]))
                    .Where(pause => pause.OursUs < pause.TheirsUs * 0.9 || pause.OursUs > (pause.TheirsUs * 1.5) + 500),
            ];
            if (different.Length == 0)
                break;
        }

        Assert.Empty(different);
    }
}
