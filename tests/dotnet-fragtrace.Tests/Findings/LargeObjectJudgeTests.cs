using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class LargeObjectJudgeTests
{
    [Fact]
    public void ManyBirthsAtTheLine_Confirm()
    {
        Verdict verdict = Judge("FG3001", Runs.Births((12, 40, 38), (90, 60, 60)));

        Assert.Equal(VerdictKind.Confirmed, verdict.Kind);
        Assert.Equal(40, verdict.Exercised);
        Assert.Equal(38, verdict.Measured["deaths"]);
        Assert.Equal(0.4, verdict.Measured["largeObjectShare"], 9);
        Assert.Equal(20, verdict.Measured["birthsPerFullGc"]);
    }

    [Fact]
    public void FewBirths_Refute() => Assert.Equal(VerdictKind.Refuted, Judge("FG3001", Runs.Births((12, 9, 9))).Kind);

    [Fact]
    public void SmallShareOfAllLargeObjects_Refutes() => Assert.Equal(
        VerdictKind.Refuted, Judge("FG3001", Runs.Births((12, 10, 10), (90, 1_000, 0))).Kind);

    [Fact]
    public void BirthsElsewhere_AreNotExercised() => Assert.Equal(
        VerdictKind.NotExercised, Judge("FG3001", Runs.Births((90, 40, 0))).Kind);

    [Fact]
    public void NoLargeObjectAtAll_IsNotExercised() => Assert.Equal(
        VerdictKind.NotExercised, Judge("FG3001", Runs.Births()).Kind);

    /// <summary>Where allocations are drawn, the runtime sends no ticks, and no large object is named.</summary>
    [Theory]
    [InlineData(SampleKind.Drawn, true)]
    [InlineData(SampleKind.None, false)]
    public void RecordingThatNamesNoLargeObject_IsUnknown(SampleKind samples, bool hasPins) => Assert.Equal(
        VerdictKind.Unknown,
        Judges.Judge(
            Runs.Finding("FG3001"),
            Runs.Evidence(Run(Runs.Births()) with { Heap = new HeapHistory { Samples = samples, HasPins = hasPins } })).Kind);

    [Fact]
    public void LargeObjectsOfCodeMadeAtRunTime_MayBeOurs()
    {
        LargeObjectHistory objects = Runs.Births((90, 40, 0));
        AllocationTrace trace = new([.. objects.Trace.Events], [new AllocationSite("dynamicClass.lambda_method1")]);

        Assert.Equal(VerdictKind.Unknown, Judge("FG3001", objects with { Trace = trace }).Kind);
    }

    [Fact]
    public void LargeObjectsWithoutBirths_AreUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judge("FG3001", Runs.Births() with { AllocatedBytes = 1_000_000 }).Kind);

    [Fact]
    public void BirthsThatMissMuchOfTheHeap_AreUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judge("FG3001", Runs.Births((90, 40, 0)) with { Coverage = 0.5 }).Kind);

    [Theory]
    [InlineData(4, VerdictKind.NotExercised)]
    [InlineData(5, VerdictKind.Unknown)]
    public void BirthsWithoutASite_MayBeOfAPlaceThatHasNone(int siteless, VerdictKind kind) => Assert.Equal(
        kind, Judge("FG3001", WithoutSite(Runs.Births((90, 40, 0)), siteless)).Kind);

    [Theory]
    [InlineData(0, VerdictKind.Refuted)]
    [InlineData(1, VerdictKind.Unknown)]
    public void FewBirths_AreUnknown_WhereThoseWithoutASiteCouldMakeThemEnough(int siteless, VerdictKind kind) => Assert.Equal(
        kind, Judge("FG3001", WithoutSite(Runs.Births((12, 9, 9)), siteless)).Kind);

    [Theory]
    [InlineData(1, VerdictKind.Refuted)]
    [InlineData(20, VerdictKind.Unknown)]
    public void SmallShare_IsUnknown_WhereThoseWithoutASiteCouldMakeItEnough(int siteless, VerdictKind kind) => Assert.Equal(
        kind, Judge("FG3001", WithoutSite(Runs.Births((12, 10, 10), (90, 1_100, 0)), siteless)).Kind);

    [Fact]
    public void EnoughBirths_Confirm_AndTheRestIsSaid()
    {
        Verdict verdict = Judge("FG3001", WithoutSite(Runs.Births((12, 40, 38)), 40));

        Assert.Equal(VerdictKind.Confirmed, verdict.Kind);
        Assert.Equal(0.5, verdict.Measured["largeObjectShare"], 9);
        Assert.EndsWith("Of 40 more of 4 MB nobody knows who made them.", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownLifetimesAboveTheLimit_AreUnknown()
    {
        Verdict verdict = Judge("FG3001", Runs.Births((12, 40, 38)) with { UnknownLifetimeRatio = 0.21 });

        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("21 %", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownLifetimesBelowTheLimit_StillJudge() => Assert.Equal(
        VerdictKind.Confirmed, Judge("FG3001", Runs.Births((12, 40, 38)) with { UnknownLifetimeRatio = 0.2 }).Kind);

    [Theory]
    [InlineData(14, VerdictKind.Confirmed)]
    [InlineData(16, VerdictKind.NotExercised)]
    public void GrowthInTheLoop_ConfirmsAMissingCapacity(int line, VerdictKind kind) => Assert.Equal(
        kind,
        Judges.Judge(
            Runs.Finding("FG3002") with { Related = [new SourceSpan(Runs.File, 13, 15)] },
            Runs.Evidence(Run(Runs.Births((line, 3, 3))))).Kind);

    [Theory]
    [InlineData(99, VerdictKind.Confirmed)]
    [InlineData(100, VerdictKind.Refuted)]
    public void OneGrowthAmongMuchElse_RefutesAMissingCapacity(int others, VerdictKind kind) => Assert.Equal(
        kind,
        Judges.Judge(
            Runs.Finding("FG3002") with { Related = [new SourceSpan(Runs.File, 13, 15)] },
            Runs.Evidence(Run(Runs.Births((14, 1, 1), (90, others, others))))).Kind);

    [Fact]
    public void GrowthInAnotherLoop_IsUnknown_WhereMuchOfTheHeapHasNoSite() => Assert.Equal(
        VerdictKind.Unknown,
        Judges.Judge(
            Runs.Finding("FG3002") with { Related = [new SourceSpan(Runs.File, 13, 15)] },
            Runs.Evidence(Run(Runs.Births((90, 40, 0)) with { Coverage = 0.89 }))).Kind);

    private static Verdict Judge(string rule, LargeObjectHistory objects) =>
        Judges.Judge(Runs.Finding(rule), Runs.Evidence(Run(objects)));

    private static LargeObjectHistory WithoutSite(LargeObjectHistory objects, int births)
    {
        List<AllocationEvent> events = [.. objects.Trace.Events];
        for (int id = 0; id < births; id++)
            events.Add(new AllocationEvent(AllocationEventKind.Allocate, 1_000_000 + id, 100_000, Site: -1));
        return objects with
        {
            Trace = new AllocationTrace(events, objects.Trace.Sites),
            Births = objects.Births + births,
            BirthBytes = objects.BirthBytes + (births * 100_024L),
            InferredBirths = births,
            InferredBirthBytes = births * 100_024L,
        };
    }

    private static RecordedRun Run(LargeObjectHistory objects) => Runs.Empty with
    {
        LargeObjects = objects,
        Heap = new HeapHistory { Samples = SampleKind.Ticks },
        Collections = Runs.FullGcs((1_000, 100), (1_000, 100)),
    };
}
