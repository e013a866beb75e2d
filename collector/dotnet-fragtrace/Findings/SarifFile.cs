using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Findings;

/// <summary>Reads the findings of a build from the SARIF 2.1 file that the C# compiler writes.</summary>
public static class SarifFile
{
    private const string RulePrefix = "FG";

    /// <summary>Findings of all files, each once, by file and line. Suppressed results are left out.</summary>
    /// <exception cref="FragTraceException">A file cannot be read or is not SARIF 2.1.</exception>
    public static IReadOnlyList<Finding> Read(IEnumerable<string> paths) => paths
        .SelectMany(ReadOne)
        .DistinctBy(finding => (finding.Rule, finding.File, finding.Line, finding.Message))
        .OrderBy(finding => finding.File, StringComparer.Ordinal)
        .ThenBy(finding => finding.Line)
        .ToArray();

    private static List<Finding> ReadOne(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.GetProperty("runs").EnumerateArray()
                .SelectMany(FindingsOf).ToList();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FragTraceException(
                $"'{path}' is not a SARIF 2.1 file: {exception.Message}", ExitCode.Arguments, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FragTraceException($"'{path}' cannot be read: {exception.Message}", ExitCode.Arguments, exception);
        }
    }

    private static IEnumerable<Finding> FindingsOf(JsonElement run)
    {
        if (!run.TryGetProperty("results", out JsonElement results))
            yield break;
        Dictionary<string, string?> helpUris = HelpUrisOf(run);
        foreach (JsonElement result in results.EnumerateArray())
        {
            string rule = TextOf(result, "ruleId") ?? string.Empty;
            if (!rule.StartsWith(RulePrefix, StringComparison.Ordinal) || IsSuppressed(result))
                continue;
            (string file, int line) = PlaceOf(result);
            yield return new Finding(
                rule,
                TextOf(result, "level") ?? "warning",
                TextOf(result.GetProperty("message"), "text") ?? string.Empty,
                file,
                line,
                helpUris.GetValueOrDefault(rule),
                PropertiesOf(result));
        }
    }

    private static bool IsSuppressed(JsonElement result) =>
        result.TryGetProperty("suppressions", out JsonElement suppressions) && suppressions.GetArrayLength() > 0;

    private static Dictionary<string, string?> HelpUrisOf(JsonElement run)
    {
        Dictionary<string, string?> uris = new(StringComparer.Ordinal);
        if (run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out JsonElement rules))
        {
            foreach (JsonElement rule in rules.EnumerateArray())
                uris[TextOf(rule, "id") ?? string.Empty] = TextOf(rule, "helpUri");
        }

        return uris;
    }

    private static (string File, int Line) PlaceOf(JsonElement result)
    {
        if (!result.TryGetProperty("locations", out JsonElement locations) || locations.GetArrayLength() == 0)
            return (string.Empty, 0);
        JsonElement physical = locations[0].GetProperty("physicalLocation");
        string uri = TextOf(physical.GetProperty("artifactLocation"), "uri") ?? string.Empty;
        int line = physical.TryGetProperty("region", out JsonElement region)
            && region.TryGetProperty("startLine", out JsonElement start) ? start.GetInt32() : 0;
        return (Uri.TryCreate(uri, UriKind.Absolute, out Uri? absolute) && absolute.IsFile ? absolute.LocalPath : uri, line);
    }

    private static Dictionary<string, string> PropertiesOf(JsonElement result)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        if (result.TryGetProperty("properties", out JsonElement bag)
            && bag.TryGetProperty("customProperties", out JsonElement custom))
        {
            foreach (JsonProperty property in custom.EnumerateObject())
                properties[property.Name] = property.Value.ToString();
        }

        return properties;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
