using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Gates.Baselines;

namespace FragGuard.FragTrace.Gates;

/// <summary>What a gate judges by, as the command line says it.</summary>
internal sealed class GateOptions
{
    private readonly Option<bool> _list = new("--list") { Description = "Print every metric with its unit and meaning, and judge nothing." };

    private readonly Option<string[]> _max = new("--max")
    {
        Description = "Fail when the metric is larger: loh.fragmentation=0.3, heap.peakBytes=512MiB. Repeat for more.",
        HelpName = "key=value",
    };

    private readonly Option<string[]> _min = new("--min") { Description = "Fail when the metric is smaller. Repeat for more.", HelpName = "key=value" };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Fail when a metric drifts from this file's value by more than the file tolerates.",
        HelpName = "file",
    };

    private readonly Option<string?> _writeBaseline = new("--write-baseline")
    {
        Description = "Write a baseline of these files; three or more runs give the tolerated drift, five or more a narrow one.",
        HelpName = "file",
    };

    private readonly Option<string[]> _against = new("--against")
    {
        Description = "Runs of before: fail when the files are worse by more than chance explains. Takes several.",
        HelpName = "file",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _metric = new("--metric")
    {
        Description = "Metric that --against compares and --write-baseline writes; the ones with a star in --list when absent. Repeat for more.",
        HelpName = "key",
    };

    private readonly Option<string[]> _tolerate = new("--tolerate")
    {
        Description = "Drift that --write-baseline writes, and change that --against takes for none: loh.fragmentation=0.03, heap.peakBytes=5%.",
        HelpName = "key=amount",
    };

    private readonly Option<double> _significance = Ratio(
        "--significance", "Chance of failing for noise that --against accepts, all metrics together.", GateRequest.DefaultSignificance);

    private readonly Option<double> _maxLost = Ratio(
        "--max-lost", "Refuse a file of whose events more than this share was lost.", GateRequest.DefaultMaxLost);

    private readonly Option<double> _maxUnknown = Ratio(
        "--max-unknown",
        "Refuse a file for metrics of large objects when a larger share of these bytes has an unknown lifetime. More than 'validate' takes: "
            + "verdicts rest on lifetimes, metrics do not.",
        GateRequest.DefaultMaxUnknown);

    private readonly FindingOptions _findings = new();

    public void AddTo(Command command)
    {
        command.Add(_max);
        command.Add(_min);
        command.Add(_baseline);
        command.Add(_writeBaseline);
        command.Add(_against);
        command.Add(_metric);
        command.Add(_tolerate);
        command.Add(_significance);
        _findings.AddTo(command);
        command.Add(_maxLost);
        command.Add(_maxUnknown);
        command.Add(_list);
    }

    public bool IsListing(ParseResult parsed) => parsed.GetValue(_list);

    /// <summary>Every file that is read.</summary>
    public string[] InputsOf(ParseResult parsed, IReadOnlyList<string> files) =>
    [
        .. files, .. parsed.GetValue(_against) ?? [], .. _findings.InputsOf(parsed),
        .. parsed.GetValue(_baseline) is { } baseline ? [baseline] : Array.Empty<string>(),
    ];

    /// <summary>What is to be judged; every name is checked before the first recording is read.</summary>
    /// <exception cref="FragTraceException">A key, a number or a file cannot be used.</exception>
    public GateRequest Request(ParseResult parsed, IReadOnlyList<string> files, ReadingOptions reading)
    {
        string[] against = parsed.GetValue(_against) ?? [];
        RequireRuns(files, against, parsed.GetValue(_writeBaseline));
        if (parsed.GetValue(_writeBaseline) is { } baseline)
            OutputFile.RequireWritable(baseline, [.. files, .. against, .. _findings.InputsOf(parsed)]);
        GateRequest request = new()
        {
            Limits =
            [
                .. (parsed.GetValue(_max) ?? []).Select(static text => GateLimit.Parse("--max", text, isMax: true)),
                .. (parsed.GetValue(_min) ?? []).Select(static text => GateLimit.Parse("--min", text, isMax: false)),
            ],
            Keys = [.. (parsed.GetValue(_metric) ?? []).Select(static key => KeyOf(key))],
            Tolerated = Drifts(parsed.GetValue(_tolerate) ?? []),
            MaxLost = RatioOf(parsed, _maxLost),
            MaxUnknown = RatioOf(parsed, _maxUnknown),
            Significance = RatioOf(parsed, _significance),
            Baseline = parsed.GetValue(_baseline) is { } path ? BaselineFile.Read(path) : null,
            Findings = _findings.Read(parsed),
            Runs = [],
        };
        if (files.Count == 0 && request.Findings is null)
            throw new FragTraceException("Name a recording or a result to judge, or --findings; --list prints the metrics.", ExitCode.Arguments);
        if (files.Count == 0 && (request.Limits.Count > 0 || request.Baseline is not null))
            throw new FragTraceException("Name a recording or a result to hold against limits.", ExitCode.Arguments);
        return request with
        {
            Runs = [.. files.Select(file => MeasuredFile.Read(file, reading))],
            Against = against.Length == 0 ? null : [.. against.Select(file => MeasuredFile.Read(file, reading))],
        };
    }

    /// <summary>Where a baseline is to be written; null where none is.</summary>
    public string? BaselineToWrite(ParseResult parsed) => parsed.GetValue(_writeBaseline);

    private static void RequireRuns(IReadOnlyList<string> files, string[] against, string? baseline)
    {
        if (files.Count > GateRequest.MostRuns || against.Length > GateRequest.MostRuns)
            throw new FragTraceException($"A gate takes at most {GateRequest.MostRuns} files on a side.", ExitCode.Arguments);
        if (files.Count == 0 && (against.Length > 0 || baseline is not null))
            throw new FragTraceException("Name the recordings or results of the runs.", ExitCode.Arguments);
        string? twice = files.Concat(against).GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1)?.First();
        if (twice is not null)
            throw new FragTraceException($"{twice} is given twice; a run counts once.", ExitCode.Arguments);
    }

    private static string KeyOf(string key)
    {
        GateLimit.RequireMetric("--metric", key);
        return key;
    }

    private static Dictionary<string, Drift> Drifts(IEnumerable<string> texts)
    {
        Dictionary<string, Drift> drifts = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            (string key, string amount) = GateLimit.Split("--tolerate", text);
            drifts[key] = Drift.Parse("--tolerate", text, GateLimit.RequireMetric("--tolerate", key).Unit, amount);
        }

        return drifts;
    }

    private static Option<double> Ratio(string name, string description, double value) => new(name)
    {
        Description = description,
        HelpName = "ratio",
        DefaultValueFactory = _ => value,
        CustomParser = NumberText.Real,
    };

    private static double RatioOf(ParseResult parsed, Option<double> option) => parsed.GetValue(option) is >= 0 and <= 1 and { } ratio
        ? ratio
        : throw new FragTraceException($"{option.Name}: it takes a ratio from 0 to 1.", ExitCode.Arguments);
}
