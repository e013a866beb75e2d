using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Tests.Models.Properties;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>Whose blocks keep pages from being returned, worked out by hand, and sums that hold for every model.</summary>
public sealed class SiteContributionTests
{
    /// <summary>
    /// Page 0: 1 000 bytes of site 0, 2 000 of site 1, 1 096 free. Pages 1 to 3: one block of site 1, which ends 96 bytes into
    /// page 3; the rest of it is free, and so is page 4. Page 5: a record and a block of an unknown site.
    /// </summary>
    private static readonly HeapLayout Layout = new(
        default,
        [
            new(new(0, 1_000), ExtentUse.Used, 900, Site: 0),
            new(new(1_000, 1_096), ExtentUse.Free),
            new(new(2_096, 2_000), ExtentUse.Used, 1_500, Site: 1),
            new(new(4_096, 8_288), ExtentUse.Used, 8_000, Site: 1),
            new(new(12_384, 8_096), ExtentUse.Free),
            new(new(20_480, 96), ExtentUse.Metadata),
            new(new(20_576, 4_000), ExtentUse.Used, 4_000),
        ]);

    [Fact]
    public void FreeBytesOfAPage_AreSharedByTheBytesEachSiteHasInIt()
    {
        IReadOnlyList<SiteContribution> sites = SiteContribution.From(Layout);

        Assert.Equal(
            [
                new SiteContribution(1, 2, 9_500, 10_288, Pages: 4, SolePages: 3, TrappedBytes: 731 + 4_000, SoleZonePages: 0),
                new SiteContribution(0, 1, 900, 1_000, Pages: 1, SolePages: 0, TrappedBytes: 365, SoleZonePages: 0),
                new SiteContribution(-1, 1, 4_000, 4_000, Pages: 1, SolePages: 1, TrappedBytes: 0, SoleZonePages: 0),
            ],
            sites);
    }

    [Fact]
    public void ZonePages_AreCountedBesideOsPages()
    {
        HeapLayout zone = new(default, Layout.Extents, zone: new ZonePages(32_768, 16_384, 2, 0, 0));

        Assert.Equal([(1, 0L), (0, 0L), (-1, 1L)], SiteContribution.From(zone).Select(row => (row.Site, row.SoleZonePages)));
    }

    [Theory, MemberData(nameof(Models))]
    public void SharesOfAllSites_AreTheTrappedBytes(string name) => StepSequences.Check(40, steps =>
    {
        AllocatorModelInfo info = AllocatorModels.ByName(name);
        IAllocatorModel model = AllocatorModels.Create(name);
        Assert.True(steps.Play(model, info.TakesCacheEvents).Count() >= 0);
        HeapLayout layout = model.Layout();
        FragmentationMetrics metrics = FragmentationMetrics.From(layout);
        IReadOnlyList<SiteContribution> sites = SiteContribution.From(layout);

        Assert.Equal(metrics.Trapped * metrics.FreeBytes, sites.Sum(row => row.TrappedBytes), 1e-3 + (metrics.FreeBytes * 1e-12));
        Assert.Equal(layout.Counters.GrantedBytes, sites.Sum(row => row.GrantedBytes));
        Assert.Equal(layout.Counters.LiveRequestedBytes, sites.Sum(row => row.RequestedBytes));
        Assert.All(sites, row => Assert.InRange(row.SolePages, 0, row.Pages));
    });

    public static TheoryData<string> Models() => new(AllocatorModels.All.Select(info => info.Name));
}
