using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates;

/// <summary>Reads what a gate judges: a recording, or a result that a verb printed with <c>--json</c>.</summary>
internal static class MeasuredFile
{
    private static readonly RecordingInput Recordings = new();

    /// <exception cref="FragTraceException">The file cannot be used.</exception>
    public static MeasuredRun Read(string path, ReadingOptions options)
    {
        if (Recordings.Accepts(path))
            return Of(path, Recordings.ReadReport(path, options));
        try
        {
            using JsonDocument document = ResultDocument.Read(path);
            JsonElement root = document.RootElement;
            string schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out JsonElement named)
                && named.ValueKind == JsonValueKind.String ? named.GetString()! : string.Empty;
            return schema switch
            {
                RunReport.CurrentSchema => Of(path, Record(root, ReportJson.Default.RunReport)),
                SimulationReport.CurrentSchema => Of(path, Record(root, ReportJson.Default.SimulationReport)),
                "fragguard.zones/1" => Of(path, schema, into => OutsideMetrics.Read(Record(root, ReportJson.Default.ZonesReport), into)),
                "fragguard.memory/1" => Of(path, schema, into => OutsideMetrics.Read(Record(root, ReportJson.Default.MemoryReport), into)),
                "fragguard.kernel/1" => Of(path, schema, into => OutsideMetrics.Read(Record(root, ReportJson.Default.KernelReport), into)),
                "fragguard.arenas/1" => Of(path, Record(root, ReportJson.Default.ArenaReport)),
                "" => throw new FragTraceException($"{path}: not a result of this tool: it names no schema.", ExitCode.Arguments),
                _ => throw new FragTraceException($"{path}: a gate has no metrics of '{schema}'.", ExitCode.Arguments),
            };
        }
        catch (JsonException exception)
        {
            throw new FragTraceException($"{path}: not a result of this tool: {exception.Message}", ExitCode.Arguments, exception);
        }
    }

    /// <summary>The numbers of a run that was read already.</summary>
    public static MeasuredRun Of(string path, RunReport report)
    {
        MeasuredRun run = Of(path, RunReport.CurrentSchema, into => RunMetrics.Read(report, into));
        return run with
        {
            LostRatio = Math.Max(report.Quality.LostRatio, LostRatio(report.Quality.EventsLost, report.Quality.EventsRead)),
            UnknownLifetimeRatio = TellsLifetimes(report) ? report.Quality.UnknownLifetimeRatio : 0,
            Broken = report.Quality.Truncated ? $"The recording {report.Quality.Damage ?? "ends without its end mark"}." : null,
        };
    }

    // A profile that leaves survivors out is about sizes alone. Before .NET 10 its allocation ticks name large objects all the same.
    private static bool TellsLifetimes(RunReport report) =>
        report.HeapDetail is not { Moments: { Count: > 0 } moments }
        || moments.Any(static moment => moment.Generations.Any(static generation => generation.Regions is not null));

    private static MeasuredRun Of(string path, SimulationReport report) =>
        Of(path, SimulationReport.CurrentSchema, into => SimulatedMetrics.Read(report, into)) with { Broken = report.Gap };

    private static MeasuredRun Of(string path, ArenaReport report) => Of(path, report.Schema, into => OutsideMetrics.Read(report, into)) with
    {
        Broken = report.Quality.Consistent ? null : "The arenas changed while they were read.",
    };

    private static MeasuredRun Of(string path, string schema, Action<IDictionary<string, double>> read)
    {
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        read(metrics);
        return new MeasuredRun(Path.GetFileName(path), schema, metrics, 0, 0, null);
    }

    private static double LostRatio(double lost, double read) => lost <= 0 ? 0 : lost / (lost + Math.Max(0, read));

    private static T Record<T>(JsonElement root, JsonTypeInfo<T> type) => root.Deserialize(type) ?? throw new JsonException("it holds null.");
}
