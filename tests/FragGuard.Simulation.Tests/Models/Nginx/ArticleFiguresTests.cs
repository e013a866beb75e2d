using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>The figures of the article on nginx's shared memory zones, from the workloads in samples.</summary>
public sealed class ArticleFiguresTests
{
    [Fact]
    public void EmptyZone_HasTwoPagesCutAndThreeSlotsUsed()
    {
        SimulationResult result = Play("lua-dict-empty-zone.txt");

        Assert.Equal(28_672, result.FinalLayout.Counters.FreePageBytes);
        SizeClass[] cut = result.FinalLayout.SizeClasses.Where(sizeClass => sizeClass.Pages > 0).ToArray();
        Assert.Equal([new SizeClass(32, 1, 2, 126), new SizeClass(128, 1, 1, 31)], cut);
        Assert.Equal((160, 3), (cut.Sum(c => c.Used + c.Free), cut.Sum(c => c.Used)));
        Assert.Equal(new ZonePages(40_960, 4_096, 9, 7, 7), result.FinalLayout.Zone);
    }

    [Fact]
    public void Zone_Holds255Numbers()
    {
        SimulationResult result = Play("lua-dict-numbers-until-full.txt");

        Assert.Equal((256, 1), (result.Operations, result.Refused));
        Assert.Equal(255, result.FinalLayout.Extents.Count(extent => extent.Use == ExtentUse.Used));
        Assert.Equal(0, result.FinalLayout.Counters.FreePageBytes);
    }

    [Fact]
    public void ZoneOf40Mebibytes_Holds325727Numbers()
    {
        SimulationResult result = Play("lua-dict-numbers-until-full-40m.txt", "40m");

        Assert.Equal(325_727, result.Operations - result.Refused);
        Assert.Equal(325_727, result.FinalLayout.Extents.Count(extent => extent.Use == ExtentUse.Used));
    }

    [Fact]
    public void OddKeysDeleted_LeaveNoRoomForALargerValue()
    {
        SimulationResult result = Play("lua-dict-odd-keys-deleted.txt", out EventOutcome last);

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 68 + 5 + 200), last);
        Assert.Equal(1, result.Run.FailedWithSpace);
        Assert.Equal(0, result.FinalLayout.Zone!.Value.FreePages);
        Assert.Equal(128 * 128, result.FinalLayout.SizeClasses.Single(c => c.SlotBytes == 128).Free * 128);
    }

    [Fact]
    public void FirstHalfDeleted_LeavesThreeMergedPages()
    {
        AllocationTrace trace = Read("lua-dict-first-half-deleted.txt");
        IAllocatorModel model = AllocatorModels.Create("lua-shared-dict", Zone("40k"));
        AllocationEvent[] events = trace.Events.ToArray();
        foreach (AllocationEvent next in events.SkipLast(1))
            model.Apply(next);
        ZonePages before = model.Layout().Zone!.Value;

        EventOutcome last = model.Apply(events[^1]);

        Assert.Equal((3, 3), (before.FreePages, before.LargestFreeRunPages));
        Assert.Equal(EventAnswer.Ok, last.Answer);
        Assert.Equal(8_192, model.Counters.FreePageBytes);
        Assert.Equal(new SizeClass(512, 1, 1, 7), model.Layout().SizeClasses.Single(c => c.SlotBytes == 512));
    }

    private static SimulationResult Play(string workload, string zone = "40k") =>
        Simulator.Run(Read(workload), "lua-shared-dict", Zone(zone));

    private static SimulationResult Play(string workload, out EventOutcome last)
    {
        EventOutcome seen = default;
        SimulationResult result = Simulator.Run(
            Read(workload),
            "lua-shared-dict",
            Zone("40k"),
            (long _, in AllocationEvent _, EventOutcome outcome, in HeapCounters _) => seen = outcome);
        last = seen;
        return result;
    }

    private static AllocationTrace Read(string workload) => WorkloadReader.Read(File.ReadLines(Samples.PathOf(workload)));

    private static KeyValuePair<string, string>[] Zone(string zone) => [new("zone", zone)];
}
