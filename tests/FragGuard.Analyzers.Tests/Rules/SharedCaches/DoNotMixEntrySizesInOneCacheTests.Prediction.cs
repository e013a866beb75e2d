using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>What is asked of the simulator, and what its answer becomes.</summary>
public sealed partial class DoNotMixEntrySizesInOneCacheTests
{
    [Fact]
    public async Task Finding_CarriesItsFacts()
    {
        Diagnostic finding = Assert.Single(await VerifyAsync(
            "IMemoryCache c",
            "[|c.Set|](1, new byte[90_000]); c.Set(2, new byte[900_000]); c.Set(3, given);"));

        Assert.Equal(
            "Cache 'c' holds entries of 87.9 KiB to 878.9 KiB: the dotnet-loh model predicts 40% waste after full GCs "
            + "(with 600 entries 2 MiB held for 1 MiB live on average). "
            + "Best remedy simulated: store small things (predicted 1.5 MiB, 10% waste). "
            + "Not simulated: 1 of 3 put sites, whose sizes are unknown.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, finding.AdditionalLocations.Count);
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Dictionary<string, string?> expected = new(StringComparer.Ordinal)
        {
            [FindingProperties.Model] = "dotnet-loh",
            [FindingProperties.Waste] = "0.4",
            [FindingProperties.WasteLow] = "0.4",
            [FindingProperties.WasteHigh] = "0.4",
            [FindingProperties.LiveBytes] = "1048576",
            [FindingProperties.HeapBytes] = "2097152",
            [FindingProperties.Cache] = "c",
            [FindingProperties.MinBytes] = "90000",
            [FindingProperties.MaxBytes] = "900000",
            [FindingProperties.Threshold] = "0.25",
            [FindingProperties.Mix] = "90000-90000*1;900000-900000*1",
            [FindingProperties.Entries] = "600",
            [FindingProperties.BestRemedy] = "small-things",
            [FindingProperties.BestHeapBytes] = "1572864",
            [FindingProperties.PutSites] = "Snippet0.cs:21;Snippet0.cs:21;Snippet0.cs:21",
            [FindingProperties.UnknownPutSites] = "1",
        };
        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            finding.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mix_HasOnePartPerSite_AndSharesOutAWeight()
    {
        Diagnostic finding = Assert.Single(await VerifyAsync(
            "IMemoryCache c",
            "[|c.Set|](1, flag ? new byte[90_000] : new byte[900_000]); c.Set(2, new byte[random.Next(5, 11)]); c.Set(3, new byte[90_000]);"));

        Assert.Equal("5-10*1;90000-90000*1.5;900000-900000*0.5", finding.Properties[FindingProperties.Mix]);
    }

    [Fact]
    public async Task NoRemedyBeatsIt_TheMessageSaysSo()
    {
        Diagnostic finding = Assert.Single(await RunAsync(Mixed, waste: 0.4, remedyHeapBytes: 3 << 20));

        Assert.Contains(
            "No remedy that was simulated needs less.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.False(finding.Properties.ContainsKey(FindingProperties.BestRemedy));
    }

    [Fact]
    public async Task Zone_IsSimulatedAsAnnotated()
    {
        CachePlace? asked = null;
        DoNotMixEntrySizesInOneCache rule = new((_, place) =>
        {
            asked = place;
            return Advice(0.4);
        });
        Diagnostic finding = Assert.Single(await Verifier.RunAsync(new CacheContents(rule), [Snippet(
            "[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 40960)] IDistributedCache c",
            "c.Set(\"1\", new byte[200]); c.Set(\"2\", new byte[900]);")]));

        Assert.Equal(new CachePlace("lua-shared-dict", 40_960), asked);
        Assert.Equal("40960", finding.Properties[FindingProperties.ZoneBytes]);
        Assert.Contains(
            "predicts 40% waste (2 MiB held for 1 MiB live). ",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.24, 0)]
    public async Task Waste_IsHeldAgainstTheThreshold(double waste, int findings) =>
        Assert.Equal(findings, (await RunAsync(Mixed, waste)).Length);

    [Theory]
    [InlineData("fragguard.FG1001.waste_threshold", "0.5", 0)]
    [InlineData("fragguard.FG1001.waste_threshold", "0.3", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "0,5", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "50%", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "5", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "NaN", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "10", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "10.1", 0)]
    [InlineData("fragguard.FG1001.size_ratio", "many", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "0.5", 1)]
    public async Task Option_Decides(string key, string value, int findings) =>
        Assert.Equal(findings, (await RunAsync(Mixed, 0.4, options: Options(key, value))).Length);

    [Theory]
    [InlineData("50", "50")]
    [InlineData("-50", "600")]
    [InlineData("0", "600")]
    [InlineData("999999999", "600")]
    [InlineData("many", "600")]
    public async Task Entries_AreAnOption(string value, string entries) => Assert.Equal(
        entries,
        (await RunAsync(Mixed, 0.4, options: Options("fragguard.cache_entries", value)))[0]
            .Properties[FindingProperties.Entries]);

    [Theory]
    [InlineData("fragguard.cache_entries", "50", true, true)]
    [InlineData("fragguard.cache_entries", "0", false, true)]
    [InlineData("build_property.ConcurrentGarbageCollection", "false", false, false)]
    [InlineData("build_property.ConcurrentGarbageCollection", "true", false, true)]
    [InlineData("build_property.ConcurrentGarbageCollection", "", false, true)]
    public async Task OptionsAndProject_SayWhatIsKnownOfTheHeap(string key, string value, bool knowsEntries, bool isConcurrent)
    {
        GcHeapAssumptions? heap = null;
        DoNotMixEntrySizesInOneCache rule = new((_, place) =>
        {
            heap = place.Heap;
            return Advice(0.4);
        });

        await Verifier.RunAsync(new CacheContents(rule), [Mixed], Options(key, value));

        Assert.Equal(new GcHeapAssumptions(isConcurrent, knowsEntries), heap);
    }

    [Fact]
    public async Task WidePrediction_ShowsItsRange()
    {
        CacheAdvice advice = Advice(0.4);
        DoNotMixEntrySizesInOneCache rule = new((_, _) =>
            advice with { AsWritten = advice.AsWritten with { WasteLow = 0.3, WasteHigh = 0.55 } });

        Diagnostic finding = Assert.Single(await Verifier.RunAsync(new CacheContents(rule), [Mixed]));

        Assert.Contains(
            "predicts 40% (30% to 55%) waste after full GCs (with 600 entries",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameSizes_AreSimulatedOnce()
    {
        int simulations = 0;
        DoNotMixEntrySizesInOneCache rule = new((_, _) =>
        {
            System.Threading.Interlocked.Increment(ref simulations);
            return Advice(0.4);
        });
        for (int i = 0; i < 3; i++)
            Assert.Single(await Verifier.RunAsync(new CacheContents(rule), [Mixed + new string('\n', i)]));

        Assert.Equal(1, simulations);
    }

    [Fact]
    public async Task UnknownModel_IsSilent() => Assert.Empty(await Verifier.RunAsync(
        new CacheContents(new DoNotMixEntrySizesInOneCache((_, place) => throw new ModelSettingException(place.Model))), [Mixed]));

    [Fact]
    public async Task RealPrediction_DecidesAlike()
    {
        SizeMix mix = new([new(90_000, 90_000), new(900_000, 900_000)]);
        bool isWasteful = CacheAdvisor.OnGcHeap(mix).AsWritten.Waste >= 0.25;

        Assert.Equal(isWasteful ? 1 : 0, (await Verifier.RunAsync(new CacheContents(new DoNotMixEntrySizesInOneCache()), [Mixed])).Length);
    }
}
