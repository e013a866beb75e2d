using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Testing;

/// <summary>Has the tool make the report of a recording, and reads what it measured.</summary>
internal static class Measured
{
    /// <summary>Of a recording without a result.</summary>
    public static async Task<RunFigures> RecordingAsync(
        RunFiles files, RecorderOptions options, RecordedEnd end, CancellationToken cancellation)
    {
        await ToolCall.RunAsync(options, ["report", files.Recording, "-o", files.Result], cancellation).ConfigureAwait(false);
        await ToolCall.RunAsync(options, ["report", files.Recording, "-o", files.Report], cancellation).ConfigureAwait(false);
        IReadOnlyList<JudgedFinding>? findings = null;
        if (options.Findings.Count > 0)
        {
            string[] arguments =
            [
                "validate", files.Recording, "--json", .. options.Findings.SelectMany(file => (string[])["--findings", file]),
            ];
            findings = FindingsOf(await ToolCall.RunAsync(options, arguments, cancellation).ConfigureAwait(false));
        }

        return await ResultAsync(files, options, findings, end, cancellation).ConfigureAwait(false);
    }

    /// <summary>Of a result that is there.</summary>
    /// <param name="findings">Null when none were held against the run.</param>
    public static async Task<RunFigures> ResultAsync(
        RunFiles files, RecorderOptions options, IReadOnlyList<JudgedFinding>? findings, RecordedEnd end, CancellationToken cancellation)
    {
        string gate = await ToolCall.RunAsync(
            options, ["gate", files.Result, "--json", "--max-lost", Text(options.MaxLost), "--max-unknown", Text(options.MaxUnknown)],
            cancellation).ConfigureAwait(false);
        return Read(gate, root => new RunFigures(
            root.GetProperty("metrics").EnumerateObject()
                .ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble(), StringComparer.Ordinal),
            [
                .. end.Refusal is { } early ? [early] : Array.Empty<string>(),
                .. root.GetProperty("refusals").EnumerateArray().Select(sentence => sentence.GetString()!),
            ],
            findings ?? [],
            findings is not null,
            end.ExitCode));
    }

    /// <summary>The findings of what <c>validate</c> or <c>run</c> printed.</summary>
    public static IReadOnlyList<JudgedFinding> FindingsOf(string json) => Read<IReadOnlyList<JudgedFinding>>(json, static root =>
    [
        .. root.GetProperty("findings").EnumerateArray().Select(finding => new JudgedFinding(
            TextOf(finding, "rule"),
            TextOf(finding, "message"),
            TextOf(finding, "file"),
            finding.GetProperty("line").GetInt32(),
            TextOf(finding, "verdict"),
            TextOf(finding, "reason"))),
    ]);

    /// <summary>What <paramref name="read"/> makes of what the tool printed.</summary>
    /// <exception cref="FragmentationToolException">It is no JSON, or not what is read of it.</exception>
    public static T Read<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FragmentationToolException(
                "dotnet-fragtrace printed other JSON than this library reads, or none; it may be of another version.", exception);
        }
    }

    private static string TextOf(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
