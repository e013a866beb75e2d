using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Live;

namespace FragGuard.Collector.Tests.Live;

public sealed class LiveWindowTests
{
    [Fact]
    public void Gcs_LeaveTheWindow_NotTheTotal()
    {
        GcWindow window = new();
        window.Add(Gc(1, 0, 1_000, 5));
        window.Add(Gc(2, 2, 50_000, 20));
        IReadOnlyList<RecordedGc> later = [Gc(3, 1, 69_000, 2)];

        Assert.Equal(new GcActivity(1, 1, 1, 27, 20), window.Total(later));
        Assert.Equal((new GcActivity(0, 1, 1, 22, 20), 60_000), window.Recent(70_000, later));
    }

    [Fact]
    public void YoungSession_HasAShorterWindow()
    {
        GcWindow window = new();
        window.Add(Gc(1, 0, 1_000, 5));

        Assert.Equal((new GcActivity(1, 0, 0, 5, 5), 2_000), window.Recent(2_000, []));
    }

    [Fact]
    public void GcStorm_ShortensTheWindow()
    {
        GcWindow window = new();
        for (int i = 0; i < 100_000; i++)
            window.Add(Gc(i, 0, i * 0.1, 0.01));
        (GcActivity activity, double milliseconds) = window.Recent(10_000, []);

        Assert.Equal(1 << 15, activity.Count);
        Assert.Equal((1 << 15) * 0.1, milliseconds, 0.2);
        Assert.Equal(100_000, window.Total([]).Count);
    }

    [Fact]
    public void Log_HandsOverEachGcOnce_ButTheBackgroundOneThatRuns()
    {
        List<RecordedGc> closed = [];
        GcLog log = new(maxKept: 16) { OnClosed = closed.Add };
        log.Started(1, 2, GcKind.Background, "AllocLarge", 0);
        for (int i = 2; i <= 500; i++)
        {
            log.Started(i, 0, GcKind.Foreground, "AllocSmall", i);
            log.Stopped(thread: i, i, i);
        }

        Assert.InRange(log.Open.Count, 2, 65);
        Assert.Equal(Enumerable.Range(2, 500 - log.Open.Count), closed.Select(gc => gc.Number));
        Assert.Equal(1, log.Open[0].Number);
        Assert.Equal(1, log.Find(1)!.Number);
        Assert.Null(log.Find(2));
    }

    [Fact]
    public void Allocations_LeaveTheirRing()
    {
        AllocationRing ring = new();
        ring.Add(1_000, 100, 4);
        ring.Add(31_000, 10, 1);

        Assert.Equal((110, 5, 2), ring.Sum(40_000));
        Assert.Equal((10, 1, 1), ring.Sum(62_000));
        Assert.Equal((0, 0, 0), ring.Sum(200_000));
        Assert.Equal(0, AllocationRing.StartMs(40_000));
        Assert.Equal(5_000, AllocationRing.StartMs(62_000));
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    [InlineData(double.NaN)]
    public void ImpossibleTimes_AreSurvived(double timeMs)
    {
        AllocationRing ring = new();
        ring.Add(timeMs, 1, 1);

        Assert.InRange(ring.Sum(timeMs).Samples, 0, 1);
    }

    private static RecordedGc Gc(int number, int generation, double startMs, double pauseMs) => new(
        number, generation, GcKind.Blocking, "AllocSmall", startMs, pauseMs, IsCompacting: false, IsComplete: true,
        default, default, default, default, default, PromotedBytes: 0);
}
