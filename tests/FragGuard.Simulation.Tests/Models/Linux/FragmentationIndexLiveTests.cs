using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>
/// The kernel's indices against ours, from the free blocks it shows at the same moment: blocks and indices are read twice
/// in turn, then the blocks once more, and a zone is compared when nothing of it changed.
/// </summary>
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
            Snapshot first = Snapshot.Read();
            Snapshot second = Snapshot.Read();
            IReadOnlyList<BuddyInfo> after = KernelFiles.Buddies();
            for (int zone = 0; zone < after.Count; zone++)
            {
                IReadOnlyList<long> blocks = after[zone].FreeBlocks;
                if (!first.Shows(blocks, zone) || !second.Shows(blocks, zone) || !first.HasSameIndices(second, zone))
                    continue;
                if (zone == largest && ++compared % SnapshotsPerChange == 0)
                    load.TouchMemory();
                differences += Differences(blocks, first.Unusable[zone], FragmentationIndex.Unusable)
                    + Differences(blocks, first.External[zone], FragmentationIndex.External);
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

    /// <summary>Three files read one after the other.</summary>
    private sealed record Snapshot(
        IReadOnlyList<BuddyInfo> Buddies, IReadOnlyList<string[]> Unusable, IReadOnlyList<string[]> External)
    {
        public static Snapshot Read() => new(
            KernelFiles.Buddies(), KernelFiles.Indices("unusable_index"), KernelFiles.Indices("extfrag_index"));

        public bool Shows(IReadOnlyList<long> blocks, int zone) => Buddies[zone].FreeBlocks.SequenceEqual(blocks);

        public bool HasSameIndices(Snapshot other, int zone) =>
            Unusable[zone].SequenceEqual(other.Unusable[zone], StringComparer.Ordinal)
            && External[zone].SequenceEqual(other.External[zone], StringComparer.Ordinal);
    }
}
