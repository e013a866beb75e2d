using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Findings;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class SarifFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void RuleOfOurs_IsReadWithPlacePropertiesAndHelp()
    {
        Finding finding = Assert.Single(Read(Result("FG1001")));

        Assert.Equal("FG1001", finding.Rule);
        Assert.Equal("warning", finding.Level);
        Assert.Equal("/src/Cache.cs", finding.File);
        Assert.Equal(12, finding.Line);
        Assert.Equal("0.47", finding.Properties["fragguard.waste"]);
        Assert.Equal("https://example.invalid/FG1001.md", finding.HelpUri);
    }

    [Fact]
    public void RuleOfOthers_IsLeftOut() => Assert.Empty(Read(Result("CA1001")));

    [Fact]
    public void SuppressedResult_IsLeftOut() =>
        Assert.Empty(Read(Result("FG1001", """, "suppressions": [ { "kind": "inSource" } ]""")));

    [Fact]
    public void EmptySuppressions_StillCount() =>
        Assert.Single(Read(Result("FG1001", """, "suppressions": []""")));

    [Fact]
    public void SameFindingTwice_IsReadOnce() => Assert.Single(Read(Result("FG1001") + "," + Result("FG1001")));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{ "runs": 3 }""")]
    [InlineData("""{ "runs": [ { "results": [ { "ruleId": "FG1001" } ] } ] }""")]
    public void AnythingElse_IsAnArgumentError(string text)
    {
        File.WriteAllText(_file, text);

        var exception = Assert.Throws<FragTraceException>(() => SarifFile.Read([_file]));

        Assert.Equal(ExitCode.Arguments, exception.ExitCode);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void MissingFile_IsAnArgumentError() => Assert.Equal(
        ExitCode.Arguments,
        Assert.Throws<FragTraceException>(() => SarifFile.Read([_file + ".missing"])).ExitCode);

    private static string Result(string rule, string more = "") =>
        $$"""
        {
          "ruleId": "{{rule}}", "level": "warning", "message": { "text": "mixed" },
          "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///src/Cache.cs" },
            "region": { "startLine": 12, "startColumn": 5 } } } ],
          "properties": { "warningLevel": 1, "customProperties": { "fragguard.waste": "0.47" } }{{more}}
        }
        """;

    private IReadOnlyList<Finding> Read(string results)
    {
        File.WriteAllText(
            _file,
            $$"""
            { "version": "2.1.0", "runs": [ { "results": [ {{results}} ], "tool": { "driver": { "name": "csc",
              "rules": [ { "id": "FG1001", "helpUri": "https://example.invalid/FG1001.md" } ] } } } ] }
            """);
        return SarifFile.Read([_file]).ToArray();
    }
}
