using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class ForeignReturnJudgeTests
{
    [Theory]
    [InlineData("FG2003")]
    [InlineData("FG2006")]
    public void ArrayThatWasNotOut_Confirms(string rule)
    {
        Verdict verdict = Judge(rule, Return(12, 40, 1));

        Assert.Equal(VerdictKind.Confirmed, verdict.Kind);
        Assert.Equal(40, verdict.Exercised);
        Assert.Equal(1, verdict.Measured["returnedUnseen"]);
    }

    [Theory]
    [InlineData("FG2003", VerdictKind.Refuted)]
    [InlineData("FG2006", VerdictKind.Unknown)]
    public void ArraysThatWereOut_RefuteASecondReturn_NotAnEarlyOne(string rule, VerdictKind kind) =>
        Assert.Equal(kind, Judge(rule, Return(12, 40, 0)).Kind);

    /// <summary>The array may have been lent again before it was returned for the second time.</summary>
    [Fact]
    public void OtherReturnsToThatPool_ThatWereNotOut_LeaveItOpen() =>
        Assert.Equal(VerdictKind.Unknown, Judge("FG2003", Return(12, 40, 0), Return(90, 5, 1)).Kind);

    [Theory]
    [InlineData("FG2003", VerdictKind.NotExercised)]
    [InlineData("FG2006", VerdictKind.Unknown)]
    public void ReturnOnTheNextLine_IsNotTheFindings(string rule, VerdictKind kind) =>
        Assert.Equal(kind, Judge(rule, Return(13, 40, 0)).Kind);

    /// <summary>Line 14 throws and line 18 handles that: the runtime gives the second return line 14. The first one is in line 13.</summary>
    [Theory]
    [InlineData(14, 0, VerdictKind.Refuted)]
    [InlineData(14, 1, VerdictKind.Confirmed)]
    [InlineData(13, 0, VerdictKind.NotExercised)]
    [InlineData(30, 0, VerdictKind.NotExercised)]
    public void ReturnWhereAnExceptionIsHandled_HasTheLineThatThrew(int line, long unseen, VerdictKind kind)
    {
        ReturnSite site = Return(line, 40, unseen);
        RecordedRun run = Run(site with { Site = site.Site with { FirstLine = line == 30 ? 30 : 10, LastLine = line == 30 ? 40 : 20 } });

        Assert.Equal(
            kind,
            Judges.Judge(Runs.Finding("FG2003") with { Line = 18, Related = [new SourceSpan(Runs.File, 13, 13)] }, Runs.Evidence(run)).Kind);
    }

    [Fact]
    public void OptimizedCodeOfTheMethod_ConfirmsButDoesNotRefute()
    {
        ReturnSite optimized = Return(0, 40, 0) with { Site = new AllocationSite("Render", Runs.File, 0, null, 10, 20) };

        Assert.Equal(VerdictKind.Unknown, Judge("FG2003", optimized).Kind);
        Assert.Equal(VerdictKind.Confirmed, Judge("FG2003", optimized with { Unseen = 3 }).Kind);
    }

    [Fact]
    public void ReturnThroughAMethodThatTheLineCalls_Counts()
    {
        RecordedRun run = Run(Return(90, 40, 2)) with { ReturnCallers = [Return(12, 40, 2)] };

        Assert.Equal(VerdictKind.Confirmed, Judges.Judge(Runs.Finding("FG2003"), Runs.Evidence(run)).Kind);
    }

    [Fact]
    public void ProgramThatRanBefore_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judges.Judge(Runs.Finding("FG2003"), Runs.Evidence(Run(Return(12, 40, 1)) with { SawStart = false })).Kind);

    [Fact]
    public void OneLostEvent_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judges.Judge(Runs.Finding("FG2003"), Runs.Evidence(Run(Return(12, 40, 1)) with { EventsLost = 1 })).Kind);

    [Fact]
    public void RentsThatWereNotFollowed_AreUnknown()
    {
        RecordedRun run = Run(Return(12, 40, 1));

        Assert.Equal(
            VerdictKind.Unknown,
            Judges.Judge(Runs.Finding("FG2003"), Runs.Evidence(run with { Pools = [run.Pools[0] with { Unfollowed = 1 }] })).Kind);
    }

    [Fact]
    public void ReturnsNotRecorded_AreUnknown() => Assert.Equal(
        VerdictKind.Unknown,
        Judges.Judge(Runs.Finding("FG2003"), Runs.Evidence(Runs.Empty with { Pools = [Runs.Pool(knowsRents: false)] })).Kind);

    private static ReturnSite Return(int line, long returned, long unseen) =>
        new(new AllocationSite("Render", Runs.File, line, null, line, line), 1, 4_096, returned, unseen);

    private static Verdict Judge(string rule, params ReturnSite[] sites) => Judges.Judge(Runs.Finding(rule), Runs.Evidence(Run(sites)));

    private static RecordedRun Run(params ReturnSite[] sites)
    {
        long unseen = 0;
        foreach (ReturnSite site in sites)
            unseen += site.Unseen;
        return Runs.Empty with { SawStart = true, Pools = [Runs.Pool() with { ReturnedUnseen = unseen }], ReturnSites = sites };
    }
}
