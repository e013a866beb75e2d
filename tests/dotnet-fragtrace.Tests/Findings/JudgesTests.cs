using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FragGuard.Analyzers.Tests;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class JudgesTests
{
    private static readonly string[] Rules =
    [
        .. Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "analyzers", "docs"), "FG*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    private static readonly RecordedRun Lost = Runs.Empty with { Pools = [Runs.Pool()], RentSites = [Runs.Rent(12, 400, 0)] };

    [Fact]
    public void EveryRule_HasAJudgeOrAReasonWhyNot()
    {
        Assert.NotEmpty(Rules);
        Assert.All(Rules, rule => Assert.NotEqual(
            Judges.Rules.Contains(rule, StringComparer.Ordinal),
            !UnjudgedRules.ReasonOf(rule).Contains(rule, StringComparison.Ordinal)));
    }

    [Fact]
    public void Page_SpeaksOfEveryRule()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "collector", "docs", "verdicts.md"));

        Assert.All(Rules, rule => Assert.Matches(new Regex($@"\b{rule}\b", RegexOptions.None, TimeSpan.FromSeconds(1)), page));
    }

    [Theory]
    [InlineData(52, VerdictKind.Confirmed)]
    [InlineData(54, VerdictKind.Unknown)]
    public void LostEvents_AreHeldAgainstTheLimit(long lost, VerdictKind kind) =>
        Assert.Equal(kind, Judges.Judge(Runs.Finding("FG2001"), Runs.Evidence(Lost with { EventsLost = lost })).Kind);

    [Fact]
    public void LostEvents_MakeEveryVerdictUnknown()
    {
        foreach (string rule in Judges.Rules)
        {
            Verdict verdict = Judges.Judge(Runs.Finding(rule), Runs.Evidence(Lost with { EventsLost = 54 }));

            Assert.Equal(VerdictKind.Unknown, verdict.Kind);
            Assert.Contains("events were lost", verdict.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void LostEvents_AreHeldAgainstTheLimitOfTheUser()
    {
        RecordedRun run = Lost with { EventsLost = 500 };
        RunEvidence evidence = new(run, SteadyState.Summarize(run.Collections)) { Limits = new JudgeLimits(0.5, 1) };

        Assert.Equal(VerdictKind.Confirmed, Judges.Judge(Runs.Finding("FG2001"), evidence).Kind);
    }

    [Fact]
    public void UnknownLifetimes_DoNotMatterToRents() => Assert.Equal(
        VerdictKind.Confirmed,
        Judges.Judge(
            Runs.Finding("FG2001"),
            Runs.Evidence(Lost with { LargeObjects = Lost.LargeObjects with { UnknownLifetimeRatio = 0.9 } })).Kind);

    [Fact]
    public void FindingWithoutAPlace_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown, Judges.Judge(Runs.Finding("FG2001") with { File = "" }, Runs.Evidence(Lost)).Kind);

    [Fact]
    public void FileOfAnotherBuild_IsJudgedByItsEnding() => Assert.Equal(
        VerdictKind.Confirmed,
        Judges.Judge(Runs.Finding("FG2001") with { File = @"C:\work\src\Cache.cs" }, Runs.Evidence(Lost)).Kind);

    [Fact]
    public void EndingOfSeveralFiles_IsUnknown()
    {
        RentSite elsewhere = Runs.Rent(12, 400, 0);
        RecordedRun run = Lost with
        {
            RentSites = [.. Lost.RentSites, elsewhere with { Site = elsewhere.Site with { File = "/other/src/Cache.cs" } }],
        };

        Verdict verdict = Judges.Judge(Runs.Finding("FG2001") with { File = "/ci/src/Cache.cs" }, Runs.Evidence(run));

        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("Several recorded files", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordingWithoutLines_IsUnknown() => Assert.Equal(
        VerdictKind.Unknown,
        Judges.Judge(
            Runs.Finding("FG2001"),
            Runs.Evidence(Lost with { RentSites = [Runs.Rent(12, 400, 0) with { Site = new AllocationSite("Render") }] })).Kind);
}
