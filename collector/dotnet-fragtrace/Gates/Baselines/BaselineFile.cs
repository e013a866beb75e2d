using System;
using System.IO;
using System.Text.Json;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;

namespace FragGuard.FragTrace.Gates.Baselines;

/// <summary>A baseline as a file that people review and edit: small, sorted, one number a line.</summary>
internal static class BaselineFile
{
    private const int MostMiB = 1;
    private const int MostMetrics = 1_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="FragTraceException">The file cannot be used as a baseline.</exception>
    public static Baseline Read(string path)
    {
        Baseline baseline = Parse(path);
        if (!string.Equals(baseline.Schema, Baseline.CurrentSchema, StringComparison.Ordinal))
            throw Problem(path, $"its schema is '{baseline.Schema}'; this tool reads '{Baseline.CurrentSchema}'.");
        if (baseline.Metrics.Count is 0 or > MostMetrics)
            throw Problem(path, $"it has {baseline.Metrics.Count} metrics; 1 to {MostMetrics} can be judged.");
        foreach ((string key, BaselineEntry? entry) in baseline.Metrics)
            Check(path, key, entry);
        return baseline;
    }

    /// <exception cref="FragTraceException">The path cannot be written.</exception>
    public static void Write(string path, Baseline baseline)
    {
        using TextWriter file = OutputFile.Create(path);
        file.WriteLine(JsonSerializer.Serialize(baseline, BaselineJson.Default.Baseline));
    }

    private static Baseline Parse(string path)
    {
        try
        {
            using MemoryStream whole = InputFile.ReadWhole(path, MostMiB);
            using JsonDocument document = JsonDocument.Parse(whole, Strict);
            return document.Deserialize(BaselineJson.Default.Baseline) ?? throw Problem(path, "it holds null.");
        }
        catch (JsonException exception)
        {
            throw Problem(path, exception.Message, exception);
        }
    }

    private static void Check(string path, string key, BaselineEntry? entry)
    {
        GateLimit.RequireMetric(path, key);
        if (entry is null)
            throw Problem(path, $"'{key}' is null.");
        foreach (double number in (ReadOnlySpan<double>)[entry.Value, entry.Absolute, entry.Relative])
        {
            if (!double.IsFinite(number))
                throw Problem(path, $"'{key}' has a number that is not finite.");
        }

        if (entry.Absolute < 0 || entry.Relative < 0)
            throw Problem(path, $"'{key}' tolerates a drift below zero.");
    }

    private static FragTraceException Problem(string path, string what, Exception? inner = null) =>
        new($"{path}: not a baseline: {what}", ExitCode.Arguments, inner);
}
