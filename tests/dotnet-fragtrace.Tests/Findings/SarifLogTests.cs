using System;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Findings;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class SarifLogTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "uri": "file:///src/My%20Cache.cs" }""", "/src/My Cache.cs")]
    [InlineData("""{ "uri": "src/My%20Cache.cs" }""", "src/My Cache.cs")]
    [InlineData("""{ "uri": "src/Cache.cs", "uriBaseId": "REPO" }""", "/work/repo/src/Cache.cs")]
    [InlineData("""{ "uri": "Cache.cs", "uriBaseId": "SRC" }""", "/work/repo/src/Cache.cs")]
    [InlineData("""{ "uri": "src/Cache.cs", "uriBaseId": "UNTOLD" }""", "src/Cache.cs")]
    [InlineData("""{ "uri": "Cache.cs", "uriBaseId": "LOOP" }""", "x/x/x/x/x/x/x/x/Cache.cs")]
    [InlineData("""{ "index": 0 }""", "/work/repo/src/Listed.cs")]
    [InlineData("""{ "index": 7 }""", "")]
    [InlineData("""{ "uri": "src\\Cache.cs" }""", @"src\Cache.cs")]
    [InlineData("""{ "uri": "https://example.invalid/src/Cache.cs" }""", "/src/Cache.cs")]
    public void Uri_BecomesAPath(string artifactLocation, string path)
    {
        Finding finding = Only(Run($$"""
            { "ruleId": "FG2001", "message": { "text": "m" }, "locations": [ { "physicalLocation": {
              "artifactLocation": {{artifactLocation}}, "region": { "startLine": 5 } } } ] }
            """, """
            , "columnKind": "unicodeCodePoints",
            "artifacts": [ { "location": { "uri": "src/Listed.cs", "uriBaseId": "REPO" } } ],
            "originalUriBaseIds": {
              "REPO": { "uri": "file:///work/repo/" }, "SRC": { "uri": "src/", "uriBaseId": "REPO" },
              "LOOP": { "uri": "x/", "uriBaseId": "LOOP" } }
            """));

        Assert.Equal(path, finding.File);
        Assert.Equal(path.Length == 0 ? 0 : 5, finding.Line);
    }

    [Fact]
    public void ResultWithoutLocations_IsAFindingWithoutAPlace()
    {
        Finding finding = Only(Run("""{ "ruleId": "FG2001", "message": { "text": "m" } }"""));

        Assert.Equal("", finding.File);
        Assert.Equal(0, finding.Line);
    }

    [Fact]
    public void SeveralRuns_AreRead() => Assert.Equal(2, Read(Log(
        Run("""{ "ruleId": "FG2001", "message": { "text": "m" } }"""),
        Run("""{ "ruleId": "FG2002", "message": { "text": "m" } }"""))).Results.Count);

    [Theory]
    [InlineData("""{ "ruleIndex": 0, "message": { "text": "m" } }""", "FG1001", "note")]
    [InlineData("""{ "rule": { "index": 0, "toolComponent": { "index": 0 } }, "message": { "text": "m" } }""", "FG2001", "warning")]
    [InlineData("""{ "rule": { "id": "FG2001/sub" }, "message": { "text": "m" } }""", "FG2001", "warning")]
    [InlineData("""{ "ruleId": "FG1001", "level": "error", "message": { "text": "m" } }""", "FG1001", "error")]
    public void Rule_IsNamedByIdOrIndex(string result, string rule, string level)
    {
        Finding finding = Only(Run(result));

        Assert.Equal(rule, finding.Rule);
        Assert.Equal(level, finding.Level);
    }

    [Theory]
    [InlineData(""" "kind": "pass" """, 0)]
    [InlineData(""" "kind": "informational" """, 0)]
    [InlineData(""" "kind": "review" """, 1)]
    [InlineData(""" "baselineState": "absent" """, 0)]
    [InlineData(""" "baselineState": "unchanged" """, 1)]
    [InlineData(""" "suppressions": [ { "kind": "external", "status": "underReview" } ] """, 1)]
    [InlineData(""" "suppressions": [ { "kind": "external", "status": "accepted" } ] """, 0)]
    public void WhatIsNoFindingAnyMore_IsLeftOut(string member, int count) => Assert.Equal(
        count, Read(Log(Run($$"""{ "ruleId": "FG2001", "message": { "text": "m" }, {{member}} }"""))).Results.Count);

    [Fact]
    public void PropertiesOfOtherTools_AreRead() => Assert.Equal("0.4", Only(Run(
        """{ "ruleId": "FG2001", "message": { "text": "m" }, "properties": { "fragguard.waste": "0.4", "tags": [] } }"""))
        .Properties["fragguard.waste"]);

    [Theory]
    [InlineData("""{ "version": "2.0.0", "runs": [] }""")]
    [InlineData("""{ "version": "2.1.0" }""")]
    [InlineData("""{ "version": "2.1.0", "version": "2.1.0", "runs": [] }""")]
    [InlineData("""{ "runs": [ 3 ] }""")]
    [InlineData("""{ "runs": [ { "results": [] } ] }""")]
    [InlineData("""{ "runs": [ { "tool": { "driver": {} }, "results": [ null ] } ] }""")]
    [InlineData("""{ "runs": [ { "tool": { "driver": {} }, "results": [ { "ruleId": "\ud800" } ] } ] }""")]
    public void DamagedFile_IsOneLine(string text)
    {
        FragTraceException exception = Assert.Throws<FragTraceException>(() => Read(text));

        Assert.Equal(ExitCode.Arguments, exception.ExitCode);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void DeepFile_IsOneLine() => Assert.Throws<FragTraceException>(
        () => Read(string.Concat(Enumerable.Repeat("{\"runs\":[", 5_000))));

    [Fact]
    public void HugeFile_IsRefused()
    {
        string path = _folder.PathOf("huge.sarif");
        using (FileStream file = File.Create(path))
            file.SetLength((SarifLog.MostMiB << 20) + 1);

        Assert.Contains("64 MiB", Assert.Throws<FragTraceException>(() => SarifLog.Read(path)).Message, StringComparison.Ordinal);
    }

    private static string Run(string result, string more = "") => $$"""
        { "tool": { "driver": { "name": "csc", "rules": [ { "id": "FG1001", "defaultConfiguration": { "level": "note" } } ] },
            "extensions": [ { "name": "x", "rules": [ { "id": "FG2001" } ] } ] },
          "results": [ {{result}} ]{{more}} }
        """;

    private static string Log(params string[] runs) => $$"""{ "version": "2.1.0", "runs": [ {{string.Join(',', runs)}} ] }""";

    private SarifLog Read(string text) => SarifLog.Read(_folder.File("a.sarif", text));

    private Finding Only(string run) => Assert.Single(Read(Log(run)).Results).Finding;
}
