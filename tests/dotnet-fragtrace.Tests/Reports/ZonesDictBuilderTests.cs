using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Nginx;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>The sums over a real dictionary's entries, which are kept in the order of addresses, against its list in the order of use.</summary>
public sealed class ZonesDictBuilderTests
{
    private static string Fill(int seed, int stores, int elements) => $$"""
        local cats = ngx.shared.cats
        math.randomseed({{seed}})
        for i = 1, {{stores}} do
            cats:set("key" .. math.random(4000), string.rep("a", math.random(300)), math.random(3) == 1 and 0 or math.random(100000) / 1000)
            cats:get("key" .. math.random(4000))
        end
        cats:set("soon", true, 0.001)
        cats:set("none", nil)
        for i = 1, {{elements}} do cats:rpush("list" .. i % 3, string.rep("b", i)) end
        """;

    private readonly ITestOutputHelper _output;

    public ZonesDictBuilderTests(ITestOutputHelper output) => _output = output;

    /// <param name="stores">With few of them tenths start between entries.</param>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 1)]
    [InlineData(37, 4)]
    [InlineData(6_000, 40)]
    public void Sums_AreThoseOfTheEntriesInTheirOrderOfUse(int stores, int elements)
    {
        int seed = Environment.TickCount;
        _output.WriteLine($"seed {seed}");
        using NginxServer nginx = new();
        nginx.Lua(Fill(seed, stores, elements));
        using InspectedProcess process = InspectedProcess.Open(nginx.WorkerId);
        SlabZone zone = NginxZones.Read(process).Zones.Single(zone => zone.Label.Name is "cats");
        LuaDictContent dict = zone.Dict!;

        ZonesDict summed = ZonesDictBuilder.Build(zone, dict);

        Assert.True(dict.IsWhole);
        Assert.Equal(dict.Entries.Count, summed.Entries);
        Assert.Equal(Enumerable.Range(0, 10).Select(tenth => Tenth(dict, tenth)).Where(row => row.Entries > 0), summed.ByUse);
        Assert.Equal(dict.Entries.Count(dict.IsExpired), summed.ExpiredEntries);
        Assert.Equal(dict.Entries.Where(dict.IsExpired).Sum(dict.BytesOf), summed.ExpiredBytes);
        Assert.Equal(dict.Entries.Count(entry => entry.ExpiresAt == 0), summed.NeverExpire);
        Assert.Equal(dict.Entries.Sum(dict.BytesOf) + dict.Elements.Sum(element => 21L + element.ValueBytes), summed.EntryBytes);
        Assert.Equal(dict.Entries.Select(entry => (long)entry.KeyBytes).Order().ElementAtOrDefault(dict.Entries.Count / 2), summed.MedianKeyBytes);
        Assert.Equal(dict.Entries.Count, summed.KeySizes.Sum(row => row.Count));
        Assert.Equal(
            dict.Entries.GroupBy(entry => entry.Type).Select(type => new ZonesTypeRow(
                Name(type.Key), type.LongCount(),
                type.Key == LuaDictType.List ? dict.Elements.Sum(element => (long)element.ValueBytes) : type.Sum(entry => (long)entry.ValueBytes)))
                .OrderBy(row => row.Type, StringComparer.Ordinal),
            summed.Types.OrderBy(row => row.Type, StringComparer.Ordinal));
        Assert.Equal(summed.Types.OrderByDescending(row => row.Entries), summed.Types);
    }

    private static ZonesAgeRow Tenth(LuaDictContent dict, int tenth)
    {
        LuaDictRecord[] entries = [.. dict.Entries.Take(dict.Entries.Count * (tenth + 1) / 10).Skip(dict.Entries.Count * tenth / 10)];
        List<long> left = [.. entries.Where(entry => entry.ExpiresAt != 0).Select(entry => entry.ExpiresAt - dict.ReadAt).Order()];
        return new ZonesAgeRow(
            entries.Length, entries.Sum(dict.BytesOf), entries.Count(dict.IsExpired), entries.Length - left.Count,
            left.Count == 0 ? null : left[left.Count / 2]);
    }

    private static string Name(LuaDictType type) => type == LuaDictType.Text ? "string" : type.ToString().ToLowerInvariant();
}
