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
    private const double MostPercentUnaccounted = 0.05;

    [Fact]
    public void RecordedEvents_GiveTheKernelsFreeBlocks()
    {
        LivePrograms.Needs(
            TraceInstance.IsPossible() && KernelFiles.CanRead(FreePageMap.File),
            "Page events need tracefs, /proc/kpageflags and their administrator.");
        IReadOnlyList<BuddyDeviation> deviations = RecordUnflawed();

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

    /// <summary>
    /// The last attempt is judged even if pages came or went without an event, as when the hypervisor asks for free blocks.
    /// </summary>
    private IReadOnlyList<BuddyDeviation> RecordUnflawed()
    {
        for (int attempt = 0; ; attempt++)
        {
            PageRecording recording = PageRecording.Make(KilobytesPerCpu(attempt));
            IReadOnlyList<BuddyDeviation> deviations = recording.Replay(out long contradictedPages);
            double unaccounted = deviations.Max(deviation => deviation.PercentUnaccounted);
            output.WriteLine(
                $"{recording.Events} events, {contradictedPages} pages contradicted, {unaccounted} % of the free pages came or went without an event");
            bool isFlawed = recording.Flaw is not null || unaccounted > MostPercentUnaccounted;
            if (isFlawed && attempt + 1 < Attempts)
            {
                output.WriteLine($"recorded again: {recording.Flaw ?? "pages came or went without an event"}");
                continue;
            }

            Assert.False(recording.HasLostEvents, recording.Flaw);
            return deviations;
        }
    }

    /// <summary>Twice as much for each new attempt.</summary>
    private static int KilobytesPerCpu(int attempt) => (16 << 10) << attempt;
}
