using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>The kernel's indices against ours, from the free blocks it shows at the same moment.</summary>
public sealed class FragmentationIndexLiveTests(ITestOutputHelper output)
{
    private const int Snapshots = 40;
    private const int SnapshotsPerChange = 4;
    private const int Attempts = 20_000;

    [Fact]
    public void Indices_AreTheKernels()
    {
        KernelFiles.NeedIndices();
        int largest = Largest(KernelFiles.Buddies());
        int compared = 0;
        int differences = 0;
        using PageLoad load = new();
        for (int attempt = 0; attempt < Attempts && compared < Snapshots; attempt++)
        {
            IReadOnlyList<BuddyInfo> before = KernelFiles.Buddies();
            IReadOnlyList<string[]> unusable = KernelFiles.Indices("unusable_index");
            IReadOnlyList<string[]> external = KernelFiles.Indices("extfrag_index");
            IReadOnlyList<BuddyInfo> after = KernelFiles.Buddies();
            for (int zone = 0; zone < before.Count; zone++)
            {
                IReadOnlyList<long> blocks = before[zone].FreeBlocks;
                if (!blocks.SequenceEqual(after[zone].FreeBlocks))
                    continue;
                if (zone == largest && ++compared % SnapshotsPerChange == 0)
                    load.TouchMemory();
                differences += Differences(blocks, unusable[zone], FragmentationIndex.Unusable)
                    + Differences(blocks, external[zone], FragmentationIndex.External);
            }
        }

        Assert.Equal(Snapshots, compared);
        FidelityResults.Exact(
            output, "linux-buddy", "indices of the running kernel", KernelFiles.Program,
            Snapshots * 2 * BuddyZone.Orders, "indices of the largest zone, as printed", differences);
    }

    private static int Largest(IReadOnlyList<BuddyInfo> zones) =>
        Enumerable.Range(0, zones.Count).MaxBy(zone => zones[zone].FreePages);

    private static int Differences(
        IReadOnlyList<long> freeBlocks, string[] printed, Func<IReadOnlyList<long>, int, int> index) =>
        printed.Where((text, order) => !string.Equals(
            text, FragmentationIndex.Text(index(freeBlocks, order)), StringComparison.Ordinal)).Count()
        + Math.Abs(printed.Length - BuddyZone.Orders);
}
