using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>
/// Recorded page events, played over the free pages found at their start, against the free blocks that /proc/buddyinfo
/// shows at checkpoints on the way.
/// </summary>
public sealed class PageEventsLiveTests(ITestOutputHelper output)
{
    private const int Attempts = 4;
    private const double MostPercent = 3;

    [Fact]
    public void RecordedEvents_GiveTheKernelsFreeBlocks()
    {
        LivePrograms.Needs(
            TraceInstance.IsPossible() && KernelFiles.CanRead(FreePageMap.File),
            "Page events need tracefs, /proc/kpageflags and their administrator.");
        IReadOnlyList<BuddyDeviation> deviations = RecordUnflawed().Replay(out long contradictedPages);
        output.WriteLine($"{contradictedPages} pages contradicted");

        Assert.Equal(PageRecording.Checkpoints, deviations.Count);
        const int Compared = PageRecording.Checkpoints * BuddyZone.Orders;
        FidelityResults.Within(
            output, "linux-buddy", "recorded page events, all zones, by pages", KernelFiles.Program, Compared,
            "counts of free blocks", deviations.Max(deviation => deviation.PercentOfPages), MostPercent,
            "% of the free pages");
        FidelityResults.Within(
            output, "linux-buddy", "recorded page events, all zones, by order", KernelFiles.Program,
            PageRecording.Checkpoints, "checkpoints: blocks of each order with 1 % of the free pages", deviations.Max(deviation => deviation.PercentOfBlocks), MostPercent,
            "% of an order's free blocks");
    }

    /// <summary>The last attempt is judged even if pages came or went without an event.</summary>
    private PageRecording RecordUnflawed()
    {
        PageRecording recording = PageRecording.Make(KilobytesPerCpu(0));
        for (int attempt = 1; attempt < Attempts && recording.Flaw is not null; attempt++)
        {
            output.WriteLine($"recorded again: {recording.Flaw}");
            recording = PageRecording.Make(KilobytesPerCpu(attempt));
        }

        output.WriteLine($"{recording.Events} events");
        Assert.False(recording.HasLostEvents, recording.Flaw);
        return recording;
    }

    /// <summary>Twice as much for each new attempt.</summary>
    private static int KilobytesPerCpu(int attempt) => (16 << 10) << attempt;
}
