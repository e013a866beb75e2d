using System;
using System.Text.Json.Nodes;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// Writes verdicts into the results they are of: as <c>fragguard</c> in the property bag, and as a last sentence of the
/// message, which is what viewers show. Kind, level and baseline state stay: a verdict is no new finding.
/// </summary>
internal static class SarifVerdicts
{
    private const string Key = "fragguard";
    private const string Appended = "appendedToMessage";

    /// <summary>The message of a result, without the verdict of an earlier run.</summary>
    public static string MessageOf(JsonObject result) =>
        result["message"] is JsonObject message && SarifNode.Text(message, "text") is { } text
            ? Without(text, AppendedTo(result))
            : "";

    /// <summary>What an earlier run wrote is replaced.</summary>
    public static void Write(JsonObject result, ReportedFinding finding)
    {
        string sentence = $" [{Verdicts.Text(finding.Verdict)} by a recorded run: {finding.Reason}]";
        string? earlier = AppendedTo(result);
        if (result["message"] is JsonObject message)
        {
            foreach (string form in (ReadOnlySpan<string>)["text", "markdown"])
            {
                if (SarifNode.Text(message, form) is { } text)
                    message[form] = Without(text, earlier) + sentence;
            }
        }

        if (result["properties"] is not JsonObject bag)
            result["properties"] = bag = [];
        bag[Key] = new JsonObject
        {
            ["verdict"] = finding.Verdict,
            ["reason"] = finding.Reason,
            ["exercised"] = finding.Exercised,
            ["predicted"] = Numbers(finding.Predicted),
            ["measured"] = Numbers(finding.Measured),
            ["compared"] = Compared(finding),
            [Appended] = sentence,
        };
    }

    private static string? AppendedTo(JsonObject result) =>
        result["properties"] is JsonObject bag && bag[Key] is JsonObject earlier ? SarifNode.Text(earlier, Appended) : null;

    private static string Without(string text, string? ending) =>
        ending is { Length: > 0 } && text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;

    private static JsonObject Numbers(System.Collections.Generic.IReadOnlyDictionary<string, double> numbers)
    {
        JsonObject node = [];
        foreach ((string name, double value) in numbers)
            node[name] = value;
        return node;
    }

    private static JsonArray Compared(ReportedFinding finding)
    {
        JsonArray compared = [];
        foreach (PredictedQuantity one in finding.Compared)
        {
            compared.Add((JsonNode)new JsonObject
            {
                ["name"] = one.Name,
                ["predicted"] = one.Predicted,
                ["predictedLow"] = one.PredictedLow,
                ["predictedHigh"] = one.PredictedHigh,
                ["measured"] = one.Measured,
                ["measuredLow"] = one.MeasuredLow,
                ["measuredHigh"] = one.MeasuredHigh,
                ["error"] = one.Error,
            });
        }

        return compared;
    }
}
