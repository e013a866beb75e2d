using System;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class ZoneTextTests
{
    [Fact]
    public void BuddyInfo_IsRead()
    {
        BuddyInfo zone = Assert.Single(BuddyInfo.Read(
            ["Node 0, zone   Normal   5908   6206   6944   5273   3198   2548   1799    686    323    304   2147 ", ""]));

        Assert.Equal((0, "Normal"), (zone.Node, zone.Zone));
        Assert.Equal([5_908, 6_206, 6_944, 5_273, 3_198, 2_548, 1_799, 686, 323, 304, 2_147], zone.FreeBlocks);
        Assert.Equal(2_860_792, zone.FreePages);
    }

    [Fact]
    public void ForeignText_IsRefused()
    {
        Assert.Throws<FormatException>(() => BuddyInfo.Read(["MemFree: 12 kB"]));
        Assert.Throws<FormatException>(() => BuddyInfo.Read(["Node 0, zone Normal 1 x"]));
    }

    [Fact]
    public void ZoneInfo_TakesTheZonesNumbersNotThoseOfItsPerCpuLists()
    {
        ZoneInfo zone = Assert.Single(ZoneInfo.Read(
        [
            "Node 1, zone    DMA32",
            "  per-node stats",
            "      nr_inactive_anon 2492",
            "  pages free     772918",
            "        boost    100",
            "        min      3485",
            "        low      4331",
            "        high     5177",
            "        spanned  1044480",
            "        managed  772918",
            "        protection: (0, 0, 12032)",
            "  pagesets",
            "    cpu: 0",
            "              high:     252",
            "  start_pfn:           4096",
        ]));

        Assert.Equal(
            new ZoneInfo(1, "DMA32", 4_096, 1_044_480, 772_918, 100, new ZoneWatermarks(3_385, 4_231, 5_077)), zone);
        Assert.Equal(1_048_576, zone.EndPage);
    }
}
