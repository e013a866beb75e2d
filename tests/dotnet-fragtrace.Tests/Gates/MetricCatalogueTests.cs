using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.IO;
using System.Linq;
using FragGuard.Analyzers.Tests;
using FragGuard.Collector.Feeds;
using FragGuard.FragTrace.Gates;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Gates;

public sealed class MetricCatalogueTests
{
    /// <summary>The runtime's keyword for lists of what a GC left alive.</summary>
    private const long Survivors = 0x400000;

    [Fact]
    public void Keys_AreUnique() =>
        Assert.Equal(MetricCatalogue.All.Count, MetricCatalogue.All.Select(one => one.Key).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData("gate.md")]
    [InlineData("guide/numbers.md")]
    public void EveryKey_IsInTheGuide(string file)
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "collector", "docs", file));

        Assert.All(MetricCatalogue.All, metric => Assert.Contains($"`{GuideName(metric.Key)}`", page, StringComparison.Ordinal));
    }

    /// <summary>What a metric needs names each profile that has it, and no other.</summary>
    [Fact]
    public void Needs_NameTheProfilesThatTell() => Assert.All(
        MetricCatalogue.All.Where(metric => metric.From is RunReport.CurrentSchema),
        metric =>
        {
            string[] telling = [.. TraceProfile.All.Where(profile => Tells(profile, metric.Key)).Select(profile => profile.Name)];
            string named = metric.Needs[(metric.Needs.LastIndexOf('(') + 1)..].TrimEnd(')');
            if (telling.Length == TraceProfile.All.Count)
                Assert.Equal("any profile", named);
            else
                Assert.Equal(telling.Order(StringComparer.Ordinal), named["profile ".Length..].Replace(" or ", ", ", StringComparison.Ordinal).Split(", ").Order(StringComparer.Ordinal));
        });

    [Fact]
    public void FullReport_HasEveryMetricOfRuns()
    {
        MeasuredRun run = MeasuredFile.Of("x", SampleReports.Full with
        {
            Heap = SampleReports.Full.Heap with
            {
                Generations = [.. new[] { "gen0", "gen1", "gen2", "loh", "poh" }.Select(name => new GenerationSummary(name, 100, 25, 0.25))],
            },
        });

        Assert.All(
            MetricCatalogue.All.Where(metric => metric.From is RunReport.CurrentSchema),
            metric => Assert.Contains(run.Metrics.Keys, metric.Matches));
        Assert.Equal(0.25, run.Metrics["gen2.fragmentation"]);
    }

    [Fact]
    public void MetricsOfLargeObjects_AreThoseOfTheirHeap() => Assert.Equal(
        ["loh.bytes", "loh.external", "loh.fragmentation", "loh.freeBytes", "loh.holes", "loh.largestHoleBytes", "loh.peakBytes"],
        MetricCatalogue.All.Where(metric => metric.IsOfLargeObjects).Select(metric => metric.Key).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void EmptyReport_HasNone() => Assert.Empty(MeasuredFile.Of("x", SampleReports.Empty).Metrics);

    [Fact]
    public void External_IsOneMinusTheLargestOfTheFree()
    {
        GenerationRow loh = new("loh", 1, 1_000, 500, 400, 100, 3, 100, 100, [], []);
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        GenerationMetrics.ReadHoles(loh, metrics);
        GenerationMetrics.ReadHoles(loh with { Name = "gen2", FreeBytes = 0, LargestHoleBytes = 0 }, metrics);
        GenerationMetrics.ReadHoles(loh with { Name = "poh", LargestHoleBytes = null }, metrics);

        Assert.Equal(0.75, metrics["loh.external"]);
        Assert.Equal(0, metrics["gen2.external"]);
        Assert.False(metrics.ContainsKey("poh.external"));
    }

    [Fact]
    public void MeansOfFewerThanThreeFullGcs_AreNoMetrics()
    {
        RunReport two = SampleReports.Full with { Heap = SampleReports.Full.Heap with { SteadyStateGcs = 2 } };
        RunReport three = SampleReports.Full with { Heap = SampleReports.Full.Heap with { SteadyStateGcs = 3 } };

        Assert.False(MeasuredFile.Of("x", two).Metrics.ContainsKey("loh.fragmentation"));
        Assert.True(MeasuredFile.Of("x", three).Metrics.ContainsKey("loh.fragmentation"));
    }

    [Theory]
    [InlineData("zone.cats.unusable", "zone.<name>.unusable")]
    [InlineData("zone.cats.v2.unusable", "zone.<name>.unusable")]
    [InlineData("zone.cats.unusable.65536", "zone.<name>.unusable.65536")]
    [InlineData("zone.a=b.free", "zone.<name>.free")]
    [InlineData("loh.external", "loh.external")]
    public void Key_IsOfOneMetric(string key, string metric) => Assert.Equal(metric, MetricCatalogue.Find(key)?.Key);

    [Theory]
    [InlineData("zone..unusable")]
    [InlineData("zone.unusable")]
    [InlineData("LOH.external")]
    [InlineData("")]
    public void OtherKeys_AreOfNone(string key) => Assert.Null(MetricCatalogue.Find(key));

    [Fact]
    public void NearestKeys_AreTheOnesMeant()
    {
        Assert.Equal("pools.misses", MetricCatalogue.Nearest("pool.misses")[0]);
        Assert.Equal("loh.external", MetricCatalogue.Nearest("LOH.external")[0]);
    }

    /// <summary>The guide says gen2 for all generations.</summary>
    private static string GuideName(string key) => key.Replace("gen0.", "<gen>.", StringComparison.Ordinal)
        .Replace("gen1.", "<gen>.", StringComparison.Ordinal).Replace("gen2.", "<gen>.", StringComparison.Ordinal)
        .Replace("poh.", "<gen>.", StringComparison.Ordinal) is var name && name.StartsWith("loh.", StringComparison.Ordinal)
        && !name.EndsWith("peakBytes", StringComparison.Ordinal) ? "<gen>." + name["loh.".Length..] : name;

    private static bool Tells(TraceProfile profile, string key) => key.Split('.') switch
    {
        ["pools", "misses" or "drops" or "trims"] => Enables(profile, "System.Buffers.ArrayPoolEventSource", EventLevel.Informational),
        ["pools", ..] => Enables(profile, "System.Buffers.ArrayPoolEventSource", EventLevel.Verbose),
        ["streams", ..] => Enables(profile, "Microsoft-IO-RecyclableMemoryStream", EventLevel.Informational),
        ["memoryPool", ..] => profile.HasMemoryPools,
        [_, "external" or "largestHoleBytes" or "holes"] => (profile.Requests[0].Keywords & Survivors) != 0,
        _ => true,
    };

    private static bool Enables(TraceProfile profile, string provider, EventLevel level) => profile.Requests.Any(request =>
        string.Equals(request.Provider, provider, StringComparison.Ordinal) && request.Level >= level);
}
