using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>Figures of a 15 GiB machine: its three zones and what the kernel printed.</summary>
public sealed class ZoneWatermarksTests
{
    private const long LowPages = 3_840 + 772_918 + 3_080_192;

    [Theory]
    [InlineData(3_840, 16, 20, 24)]
    [InlineData(772_918, 3_385, 4_231, 5_077)]
    [InlineData(3_080_192, 13_493, 16_866, 20_239)]
    public void Zone_GetsItsShare(long managedPages, long min, long low, long high) =>
        Assert.Equal(
            new ZoneWatermarks(min, low, high), ZoneWatermarks.Of(managedPages, LowPages, 67_584 / 4, scaleFactor: 10));

    [Fact]
    public void ScaleFactor_WidensTheSteps() =>
        Assert.Equal(
            new ZoneWatermarks(1_000, 11_000, 21_000), ZoneWatermarks.Of(1_000_000, 1_000_000, 1_000, scaleFactor: 100));

    [Theory]
    [InlineData(LowPages, 3, true, 67_584)]
    [InlineData(LowPages, 3, false, 15_711)]
    [InlineData(262_144, 1, true, 22_528)]
    [InlineData(262_144, 1, false, 4_096)]
    [InlineData(2_560, 1, true, 512)]
    [InlineData(256, 1, false, 128)]
    public void MinFree_IsTheKernelsChoice(long lowPages, long zones, bool hugePages, long kilobytes) =>
        Assert.Equal(kilobytes, ZoneWatermarks.DefaultMinFreeKilobytes(lowPages, 4_096, zones, 512, hugePages));
}
