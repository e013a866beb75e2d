using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>What older versions of nginx do differently; page counts as their own <c>ngx_slab.c</c> gives them.</summary>
public sealed class SlabRulesTests
{
    [Theory]
    [InlineData("1.7.2", 589_787, 142, 4_096)]
    [InlineData("1.11.6", 589_787, 142, 4_096)]
    [InlineData("1.11.7", 589_787, 141, 8_192)]
    [InlineData("1.22.1", 589_787, 141, 8_192)]
    [InlineData("1.11.6", 634_876, 153, 4_096)]
    [InlineData("1.11.7", 634_876, 152, 8_192)]
    [InlineData("1.11.6", 1_048_576, 254, 8_192)]
    public void RecordsOfTheZone_AreShorterBeforeStatistics(string version, long zoneBytes, int pages, long firstPageBytes)
    {
        SlabGeometry geometry = new(zoneBytes, 4_096, SlabRules.Of(version));

        Assert.Equal((pages, firstPageBytes), (geometry.Pages, geometry.FirstPageBytes));
    }

    [Theory]
    [InlineData("1.7.3", 2_047, 2_048)]
    [InlineData("1.7.3", 2_048, 4_096)]
    [InlineData("1.7.4", 2_048, 2_048)]
    [InlineData("1.7.4", 2_049, 4_096)]
    public void HalfAPage_IsASlotFrom174(string version, long bytes, long granted)
    {
        SlabPool pool = new(new SlabGeometry(1 << 20, 4_096, SlabRules.Of(version)));
        pool.Allocate(bytes);

        Assert.Equal(granted, pool.GrantedBytes);
    }

    [Theory]
    [InlineData("nginx-slab")]
    [InlineData("lua-shared-dict")]
    public void Version_IsASettingOfBothModels(string model)
    {
        Assert.Equal(142, Pages(model, "1.11.6"));
        Assert.Equal(141, Pages(model, "1.31.4"));
        Assert.Throws<ModelSettingException>(() => Pages(model, "1.7.1"));
        Assert.Throws<ModelSettingException>(() => Pages(model, "old"));
    }

    [Theory]
    [InlineData("1.13.2", "8k", true)]
    [InlineData("1.13.2", "16k", false)]
    [InlineData("1.13.3", "64k", true)]
    public void LargePages_NeedAVersionWhoseBitmapsHoldThem(string version, string page, bool exists)
    {
        KeyValuePair<string, string>[] settings = [new("nginx", version), new("page", page)];
        if (exists)
            Assert.NotNull(AllocatorModels.Create("nginx-slab", settings));
        else
            Assert.Throws<ModelSettingException>(() => AllocatorModels.Create("nginx-slab", settings));
    }

    private static long Pages(string model, string version) => AllocatorModels
        .Create(model, [new("zone", "589787"), new("nginx", version)])
        .Layout().Zone!.Value.Pages;
}
