using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;

namespace FragGuard.FragTrace.Findings;

/// <summary>One SARIF 2.1 file, kept as the tree that it is, so that it can be written again with nothing lost.</summary>
internal sealed class SarifLog
{
    /// <summary>Size of a file above which it is refused.</summary>
    public const int MostMiB = 64;

    private const string Version = "2.1.0";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private SarifLog(string path, JsonObject root, IReadOnlyList<SarifResult> results)
    {
        Path = path;
        Root = root;
        Results = results;
    }

    public string Path { get; }

    public JsonObject Root { get; }

    /// <summary>What our rules found, in the file's order.</summary>
    public IReadOnlyList<SarifResult> Results { get; }

    /// <exception cref="FragTraceException">The file cannot be read or is not SARIF 2.1.</exception>
    public static SarifLog Read(string path)
    {
        try
        {
            using MemoryStream whole = InputFile.ReadWhole(path, MostMiB);
            JsonObject root = JsonNode.Parse(whole, documentOptions: Strict) as JsonObject ?? throw new JsonException("It is no object.");
            if (SarifNode.Text(root, "version") is { } version && !version.StartsWith("2.1", StringComparison.Ordinal))
                throw new JsonException($"Its version is {Printable.Line(version)}, not {Version}.");
            JsonArray runs = root["runs"] as JsonArray ?? throw new JsonException("It has no runs.");
            return new SarifLog(path, root, [.. runs.SelectMany(run => ResultsOf(SarifNode.Object(run)))]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FragTraceException($"'{path}' is not a SARIF 2.1 file: {exception.Message}", ExitCode.Arguments, exception);
        }
    }

    private static List<SarifResult> ResultsOf(JsonObject run)
    {
        SarifRules rules = new(run);
        SarifPlaces places = new(run);
        List<SarifResult> found = [];
        foreach (JsonNode? node in run["results"] as JsonArray ?? [])
        {
            JsonObject result = SarifNode.Object(node);
            if (rules.OurRuleOf(result) is { } rule && IsPresent(result) && !IsSuppressed(result))
                found.Add(new SarifResult(result, FindingOf(result, rule, rules, places)));
        }

        return found;
    }

    private static Finding FindingOf(JsonObject result, string rule, SarifRules rules, SarifPlaces places)
    {
        SourcePlace place = places.First(result["locations"]);
        return new Finding(
            rule,
            SarifNode.Text(result, "level") ?? rules.LevelOf(rule) ?? "warning",
            SarifVerdicts.MessageOf(result),
            place.File,
            place.Line,
            rules.HelpUriOf(rule),
            PropertiesOf(result))
        {
            Related = places.All(result["relatedLocations"]),
        };
    }

    /// <summary>What a rule looked at and found in order is no finding, nor is what an earlier build had.</summary>
    private static bool IsPresent(JsonObject result) =>
        SarifNode.Text(result, "kind") is null or "fail" or "open" or "review"
        && SarifNode.Text(result, "baselineState") is not "absent";

    /// <summary>A suppression that nobody accepted suppresses nothing.</summary>
    private static bool IsSuppressed(JsonObject result) =>
        result["suppressions"] is JsonArray { Count: > 0 } suppressions
        && suppressions.All(one => SarifNode.Text(SarifNode.Object(one), "status") is null or "accepted");

    /// <summary>Properties as the compiler nests them, or as other tools write them beside each other.</summary>
    private static Dictionary<string, string> PropertiesOf(JsonObject result)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        if (result["properties"] is not JsonObject bag)
            return properties;
        foreach ((string name, JsonNode? value) in bag["customProperties"] as JsonObject ?? bag)
        {
            if (value is JsonValue)
                properties[name] = value.ToString();
        }

        return properties;
    }
}
