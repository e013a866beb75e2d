using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class RentNeverReturnedJudgeTests
{
    [Fact]
    public void NothingCameBack_Confirms()
    {
        Verdict verdict = Judge(Runs.Rent(12, 400, 0));

        Assert.Equal(VerdictKind.Confirmed, verdict.Kind);
        Assert.Equal(400, verdict.Measured["outstanding"]);
    }

    [Fact]
    public void FewSeemedToComeBack_StillConfirms() =>
        Assert.Equal(VerdictKind.Confirmed, Judge(Runs.Rent(12, 400, 8)).Kind);

    [Fact]
    public void ManyCameBack_Refutes() => Assert.Equal(VerdictKind.Refuted, Judge(Runs.Rent(12, 400, 9)).Kind);

    [Theory]
    [InlineData(0, 0, 0, VerdictKind.Confirmed)]
    [InlineData(1, 0, 0, VerdictKind.Unknown)]
    [InlineData(1, 1, 0, VerdictKind.Confirmed)]
    [InlineData(1, 0, 9, VerdictKind.Refuted)]
    public void ArraysThatWereNotFollowed_MayHaveComeBack(long unfollowed, int otherPool, long returned, VerdictKind kind)
    {
        RentSite site = Runs.Rent(12, 400, returned);
        PoolUse pool = Runs.Pool() with { PoolId = site.PoolId + otherPool, Length = site.Length, Unfollowed = unfollowed };
        RecordedRun run = Runs.Empty with { Pools = [pool], RentSites = [site] };

        Assert.Equal(kind, Judges.Judge(Finding("FG2001"), Runs.Evidence(run)).Kind);
    }

    [Fact]
    public void RentsElsewhere_AreNotExercised() =>
        Assert.Equal(VerdictKind.NotExercised, Judge(Runs.Rent(90, 400, 0)).Kind);

    [Theory]
    [InlineData("dynamicClass.lambda_method1", true, VerdictKind.Unknown)]
    [InlineData("Program.Main", true, VerdictKind.Unknown)]
    [InlineData("System.IO.Pipelines.Pipe.AllocateSegment", false, VerdictKind.NotExercised)]
    public void RentsOfCodeMadeAtRunTime_MayBeOurs(string method, bool isGenerated, VerdictKind kind) => Assert.Equal(
        kind,
        Judge(Runs.Rent(90, 400, 0) with { Site = new AllocationSite(method), IsGenerated = isGenerated }, Runs.Rent(90, 400, 0)).Kind);

    [Fact]
    public void RentsThatWereNotRecorded_AreUnknown() => Assert.Equal(
        VerdictKind.Unknown,
        Judges.Judge(Finding("FG2001"), Runs.Evidence(Runs.Empty with { Pools = [Runs.Pool(knowsRents: false)] })).Kind);

    [Fact]
    public void RuleWithoutAJudge_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judges.Judge(Finding("FG9999"), Runs.Evidence(Runs.Empty)).Kind);

    [Fact]
    public void OptimizedCodeOfTheMethod_CountsForTheSamePoolAndLength() => Assert.Equal(
        500, Judge(Runs.Rent(12, 400, 0), Runs.Rent(0, 100, 0)).Measured["rented"]);

    [Fact]
    public void OptimizedCodeOfTheMethod_DoesNotCountForAnotherLength() => Assert.Equal(
        400, Judge(Runs.Rent(12, 400, 0), Runs.Rent(0, 100, 100, length: 256)).Measured["rented"]);

    /// <summary>The finding is at a call of a method that hands over what it rents at line 90.</summary>
    [Fact]
    public void RentsThroughAMethodThatTheLineCalls_AreItsOwn()
    {
        RecordedRun run = Runs.Empty with
        {
            Pools = [Runs.Pool()],
            RentSites = [Runs.Rent(90, 500, 100)],
            RentCallers = [Runs.Rent(12, 400, 0), Runs.Rent(40, 100, 100)],
        };

        Verdict verdict = Judges.Judge(Finding("FG2001"), Runs.Evidence(run));

        Assert.Equal((VerdictKind.Confirmed, 400), (verdict.Kind, verdict.Exercised));
    }

    [Theory]
    [InlineData(100, VerdictKind.Unknown)]
    [InlineData(101, VerdictKind.Confirmed)]
    public void RentsAtTheVeryBeginningOnly_MayBeInUse(double lastMs, VerdictKind kind) =>
        Assert.Equal(kind, Judge(Runs.Rent(12, 8, 0) with { LastRentMs = lastMs }).Kind);

    [Theory]
    [InlineData(0.5, 0.5, VerdictKind.Confirmed)]
    [InlineData(0.4, 0.5, VerdictKind.Unknown)]
    [InlineData(0.1, 0, VerdictKind.Confirmed)]
    public void ArraysThatGcsFindAlive_MayBeInUse(double died, double live, VerdictKind kind)
    {
        Verdict verdict = Judges.Judge(Finding("FG2001"), Runs.Evidence(Met("System.Byte[]", died, live)));

        Assert.Equal(kind, verdict.Kind);
        Assert.Equal(died / (died + live), verdict.Measured["diedShare"], 9);
    }

    [Fact]
    public void OtherObjectsOfTheLine_TellNothingOfItsArrays() => Assert.False(
        Judges.Judge(Finding("FG2001"), Runs.Evidence(Met("App.Request", 1, 0))).Measured.ContainsKey("diedShare"));

    private static RecordedRun Met(string type, double died, double live) => Runs.Empty with
    {
        Pools = [Runs.Pool()],
        RentSites = [Runs.Rent(12, 400, 0)],
        Heap = new HeapHistory
        {
            Sites = [new AllocationSite("Render", Runs.File, 12, type)],
            Lifetimes = [new ObjectLifetime(0, 20, 1e6, SampleError.Of(20), 200, [died, 0, 0, 0, 0], live, 0, 0, null, null)],
        },
    };

    private static Verdict Judge(params RentSite[] sites) => Judges.Judge(
        Finding("FG2001"), Runs.Evidence(Runs.Empty with { Pools = [Runs.Pool()], RentSites = sites }));

    private static Finding Finding(string rule) => new(
        rule, "warning", "rented", Runs.File, 12, null, new Dictionary<string, string>(StringComparer.Ordinal));
}
