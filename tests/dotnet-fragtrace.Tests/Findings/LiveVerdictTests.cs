using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Findings;

/// <summary>Findings of the compiler held against runs of the same code: the defect, its healthy twin, and code that did not run.</summary>
public sealed class LiveVerdictTests(VerdictPrograms programs, ITestOutputHelper output) : IClassFixture<VerdictPrograms>
{
    [Theory]
    [InlineData("churn", "run", "FG1006", "FG1006", "confirmed")]
    [InlineData("kept", "run", "FG1006", "FG1006", "refuted")]
    [InlineData("idle", "run", "FG1006", "FG1006", "unknown")]
    [InlineData("churn", "heap", "FG1006", "FG1006", "unknown")]
    [InlineData("pools", "run", "FG2011", "FG2011", "confirmed")]
    [InlineData("pools", "run", "FG2011", "fg2011", "refuted")]
    [InlineData("capacity", "run", "FG2011", "FG2011", "notExercised")]
    [InlineData("pools", "pools", "FG2011", "FG2011", "unknown")]
    [InlineData("capacity", "run", "FG3002", "FG3002", "confirmed")]
    [InlineData("capacity", "run", "FG3002", "fg3002", "refuted")]
    [InlineData("capacity", "run", "FG3002", "unused", "notExercised")]
    [InlineData("capacity", "pools", "FG3002", "FG3002", "unknown")]
    [InlineData("capacity", "full", "FG3002", "FG3002", "unknown")]
    [InlineData("pins", "full", "FG3003", "FG3003", "confirmed")]
    [InlineData("pins", "full", "FG3003", "fg3003", "refuted")]
    [InlineData("pins", "full", "FG3003", "passing", "refuted")]
    [InlineData("pins", "full", "FG3003", "unmade", "unknown")]
    [InlineData("pins", "layout", "FG3003", "FG3003", "unknown")]
    [InlineData("pins", "full", "FG3004", "FG3004", "confirmed")]
    [InlineData("pins", "full", "FG3004", "fg3004", "refuted")]
    [InlineData("pins", "full", "FG3004", "given", "unknown")]
    [InlineData("pinnedheap", "full", "FG3004", "FG3004", "unknown")]
    [InlineData("pins", "layout", "FG3004", "FG3004", "unknown")]
    [InlineData("pinnedheap", "full", "FG3005", "FG3005", "confirmed")]
    [InlineData("pinnedheap", "full", "FG3005", "fg3005", "refuted")]
    [InlineData("unjudged", "full", "FG3005", "FG3005", "unknown")]
    [InlineData("pins", "full", "FG3005", "FG3005", "unknown")]
    [InlineData("rents", "run", "FG2001", "FG2001", "confirmed")]
    [InlineData("rents", "run", "FG2001", "fg2001", "unknown")]
    [InlineData("rents", "run", "FG2001", "FG2001 helper", "confirmed")]
    [InlineData("rents", "run", "FG2015", "FG2015", "confirmed")]
    [InlineData("pools", "run", "FG2015", "FG2015", "notExercised")]
    [InlineData("returns", "run", "FG2003", "FG2003", "confirmed")]
    [InlineData("returns", "run", "FG2003", "fg2003", "refuted")]
    [InlineData("returns", "run", "FG2003", "quiet", "notExercised")]
    [InlineData("returns", "pools", "FG2003", "FG2003", "unknown")]
    [InlineData("returns", "run", "FG2006", "FG2006", "confirmed")]
    [InlineData("pools", "run", "FG2006", "FG2006", "unknown")]
    [InlineData("generated", "run", "FG2001", "FG2001 expression", "unknown")]
    [InlineData("generated", "run", "FG2001", "FG2001 method", "unknown")]
    public async Task Finding_IsJudgedByTheRun(string program, string profile, string rule, string mark, string verdict)
    {
        JsonNode finding = await programs.JudgeAsync(program, profile, rule, mark);

        output.WriteLine(finding.ToJsonString());
        Assert.True(string.Equals(verdict, (string?)finding["verdict"], StringComparison.Ordinal), finding.ToJsonString());
    }

    [Fact]
    public async Task RecordingThatLostEvents_ProvesNothing()
    {
        JsonNode report = await programs.JudgeWithLossAsync("flood");

        output.WriteLine(report["quality"]!.ToJsonString());
        Assert.NotEmpty(report["findings"]!.AsArray());
        Assert.All(report["findings"]!.AsArray(), finding =>
        {
            Assert.Equal("unknown", (string?)finding!["verdict"]);
            Assert.Contains("events were lost", (string?)finding["reason"], StringComparison.Ordinal);
        });
    }
}
