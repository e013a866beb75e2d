using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class ZonesMapTests
{
    [Fact]
    public void PagesInUse_AreNamedByTheirSlots_AndFreeOnesAreRuns()
    {
        PageMap map = ZonesMap.Of(Zone("aab...#?c."));

        Assert.Equal("u4096@0*2 u4096@1 f12288 u4096@2 x4096 u4096@3 f4096", Assert.Single(map.Moments).Layout);
        Assert.Equal(["slots of 8 B", "slots of 16 B", "blocks of whole pages", "slots of 32 B"], map.Sites, StringComparer.Ordinal);
        Assert.True(map.BySite);
    }

    [Fact]
    public void AnEmptyZone_HasAnEmptyMap() => Assert.Equal("", Assert.Single(ZonesMap.Of(Zone("")).Moments).Layout);

    [Fact]
    public void PageOfZones_IsMeasured_AndItsSlotsAreSortedByBytes()
    {
        ReportPage page = ZonesPage.Build(new ZonesReport { ProcessId = 1, Program = "nginx", SharedMappings = 1, UnreadZones = 0, Zones = [Zone("aabc")] });

        Assert.All(page.Sections, section => Assert.Equal(Evidence.Measured, section.Evidence));
        Assert.Equal(
            [8, 16, 32, null],
            page.Sections.Single(section => section.Heading is "cats: slots").Table!.Rows.Select(row => row[0].Value));
    }

    [Theory]
    [InlineData(90_000L, "90 s")]
    [InlineData(-90_000L, "over for 90 s")]
    [InlineData(null, "–")]
    public void TimeToLiveThatIsOver_IsSaidInWords(long? medianMs, string expected)
    {
        ZonesDict dict = new()
        {
            Whole = true, Cut = false, Unordered = 0, Entries = 1, Elements = 0, EntryBytes = 1, OverheadBytes = 1, ExpiredEntries = 0, ExpiredBytes = 0,
            NeverExpire = 0, LargestValueBytes = 1, MedianKeyBytes = 1, Types = [], KeySizes = [], ValueSizes = [], ByUse = [new ZonesAgeRow(1, 1, 0, 0, medianMs)],
        };

        PageCell cell = ZonesDictPage.Sections("cats", dict).Single(section => section.Heading is "cats: order of use").Table!.Rows[0][4];

        Assert.Equal((expected, medianMs), (cell.Text, (long?)cell.Value));
    }

    private static ZonesRow Zone(string pages) => new()
    {
        Name = "cats",
        Kind = null,
        Start = 0x1000,
        Reading = new ZonesReading(false, false, 1, [], 0, 0, "", false),
        Bytes = 4096L * pages.Length,
        PageBytes = 4096,
        Pages = pages.Length,
        FreePages = 0,
        LargestRunPages = 0,
        LargestFitBytes = 0,
        UsedBytes = 0,
        FreeBytes = 0,
        FreeSlotBytes = 0,
        Blocks = 0,
        BlockPages = 0,
        Loaded = new ZonesResidence(0, 0, 0, 1, true),
        Metrics = new ZonesMetrics(null, 0, new Dictionary<string, double>(StringComparer.Ordinal), 0, 0),
        SizeClasses = [new ZonesClassRow(8, 2, 0, 0, null, null), new ZonesClassRow(16, 1, 0, 0, null, null), new ZonesClassRow(32, 1, 0, 0, null, null)],
        FreeRuns = [],
        PageMap = pages,
        Dict = null,
        Simulated = null,
    };
}
