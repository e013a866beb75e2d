using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class SarifOutputTests : IDisposable
{
    private const string Ours = """
        { "ruleId": "FG2001", "ruleIndex": 0, "level": "warning", "kind": "open", "baselineState": "new", "rank": 1.50e1, "unheardOf": { "x": null },
          "message": { "text": "rented", "markdown": "**rented**", "arguments": [ "a" ] },
          "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "src/Cache.cs", "uriBaseId": "R" }, "region": { "startLine": 12 } } } ],
          "properties": { "customProperties": { "fragguard.waste": "0.47" }, "tags": [ "x" ] } }
        """;

    private const string Others = """{ "ruleId": "CA1001", "message": { "text": "other" } }""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Result_GetsItsVerdictAsAProperty()
    {
        JsonNode result = Written(Log(Ours))["runs"]![0]!["results"]![0]!;
        JsonNode verdict = result["properties"]!["fragguard"]!;

        Assert.Equal("confirmed", (string?)verdict["verdict"]);
        Assert.Equal("400 arrays were rented here and 0 came back.", (string?)verdict["reason"]);
        Assert.Equal(400, (int?)verdict["exercised"]);
        Assert.Equal(400, (double?)verdict["measured"]!["outstanding"]);
        Assert.Equal(
            "rented [confirmed by a recorded run: 400 arrays were rented here and 0 came back.]", (string?)result["message"]!["text"]);
    }

    [Fact]
    public void PredictedQuantities_StandBesideTheMeasuredOnes()
    {
        JsonObject result = [];
        PredictedQuantity compared = new("lohFragmentation", 0.75, 0.5, 0.875, 0.625, 0.25, 1);

        SarifVerdicts.Write(result, SampleReports.Full.Findings[0] with { Compared = [compared] });

        Assert.Equal(
            """{"name":"lohFragmentation","predicted":0.75,"predictedLow":0.5,"predictedHigh":0.875,"measured":0.625,"measuredLow":0.25,"measuredHigh":1,"error":0.125}""",
            Assert.Single(result["properties"]!["fragguard"]!["compared"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public void EverythingElse_StaysAsItWas()
    {
        JsonNode output = Written(Log(Ours, Others));
        JsonObject result = (JsonObject)output["runs"]![0]!["results"]![0]!;
        string sentence = (string)result["properties"]!["fragguard"]!["appendedToMessage"]!;
        ((JsonObject)result["properties"]!).Remove("fragguard");
        foreach (string form in (string[])["text", "markdown"])
            result["message"]![form] = ((string)result["message"]![form]!).Replace(sentence, "", StringComparison.Ordinal);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Log(Ours, Others)), output));
        Assert.Contains("1.50e1", result.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SecondValidation_ReplacesTheFirst()
    {
        string once = Text(Log(Ours));

        Assert.Equal(once, Text(once));
    }

    [Fact]
    public void SeveralLogs_BecomeOneWithAllTheirRuns()
    {
        string first = _folder.File("1.sarif", Log(Ours));
        string second = _folder.File("2.sarif", """{ "version": "2.1.0", "later": true, "runs": [ { "tool": { "driver": { "name": "b" } } } ] }""");
        JsonNode output = JsonNode.Parse(Text([SarifLog.Read(first), SarifLog.Read(second)]))!;

        Assert.Equal("ab", string.Concat(output["runs"]!.AsArray().Select(run => (string?)run!["tool"]!["driver"]!["name"])));
        Assert.True((bool?)output["later"]);
    }

    [Fact]
    public void Output_HasTheStructureOfTheFormat() => SarifStructure.Check(
        Written(Log(Ours.Replace(""" "unheardOf": { "x": null },""", "", StringComparison.Ordinal), Others)));

    [Theory]
    [InlineData("""{ "runs": [] }""")]
    [InlineData("""{ "version": "2.1.0", "runs": [ { "results": [] } ] }""")]
    [InlineData("""{ "version": "2.1.0", "runs": [ { "tool": { "driver": { "name": "a" } }, "results": [ { "ruleId": "A" } ] } ] }""")]
    [InlineData("""{ "version": "2.1.0", "runs": [ { "tool": { "driver": { "name": "a" } }, "results": [ { "message": { "text": "m" }, "fragguard": {} } ] } ] }""")]
    public void StructureCheck_FindsWhatIsWrong(string text) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => SarifStructure.Check(JsonNode.Parse(text)!));

    private static string Log(params string[] results) => $$"""
        { "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [
          { "tool": { "driver": { "name": "a", "rules": [ { "id": "FG2001" } ] } }, "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "R": { "uri": "file:///" } }, "results": [ {{string.Join(',', results)}} ] } ] }
        """;

    private JsonNode Written(string log) => JsonNode.Parse(Text(log))!;

    private string Text(string log) => Text([SarifLog.Read(_folder.File("in.sarif", log))]);

    private static string Text(SarifLog[] logs)
    {
        RunEvidence evidence = Runs.Evidence(Runs.Empty with { Pools = [Runs.Pool()], RentSites = [Runs.Rent(12, 400, 0)] });
        ValidationReport report = new()
        {
            Target = SampleReports.Empty.Target,
            Quality = SampleReports.Empty.Quality,
            Limits = new ValidationLimits(0.05, 0.2),
            Findings = ReportedFindings.Judged(SarifFile.Distinct(logs), evidence),
            Summary = PredictionSummary.Of([]),
        };
        using MemoryStream output = new();
        SarifOutput.Write(logs, report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
