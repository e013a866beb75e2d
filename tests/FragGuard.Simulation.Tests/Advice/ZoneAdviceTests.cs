using System;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

public sealed class ZoneAdviceTests
{
    private const string Model = "lua-shared-dict";

    [Fact]
    public void UnknownModel_IsRefused() =>
        Assert.Throws<ModelSettingException>(() => CacheAdvisor.InZone(new SizeMix([new SizeMixPart(1, 2)]), "none", 1 << 20));

    [Fact]
    public void Zone_IsPredictedWithASplitBySize()
    {
        CacheAdvice advice = CacheAdvisor.InZone(new SizeMix([new SizeMixPart(20, 4_000)]), Model, 8 << 20);

        Assert.Equal((Model, 8 << 20), (advice.AsWritten.Model, advice.AsWritten.HeapBytes));
        Assert.InRange(advice.AsWritten.Waste, 0.01, 0.9);
        RemedyPrediction split = Assert.Single(advice.Remedies);
        Assert.Equal("split-by-size", split.Id);
        Assert.Contains("values up to", split.Advice, StringComparison.Ordinal);
        Assert.InRange(split.Prediction.Waste, 0.01, 0.9);
    }
}
