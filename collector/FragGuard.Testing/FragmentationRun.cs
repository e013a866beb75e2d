using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FragGuard.Testing;

/// <summary>A recorded run, measured. Its numbers can be read whatever its quality; assertions refuse to judge a bad one.</summary>
public class FragmentationRun
{
    private const string Confirmed = "confirmed";

    private readonly RunFigures _figures;

    internal FragmentationRun(RunFiles files, RunFigures figures)
    {
        _figures = figures;
        ReportFile = files.Report;
        ResultFile = files.Result;
        RecordingFile = files.Recording;
    }

    /// <summary>Every metric by the key that <c>gate</c> uses; the unit is in the name, ratios are 0..1.</summary>
    public IReadOnlyDictionary<string, double> Metrics => _figures.Metrics;

    /// <summary>Findings that were given, or that the build of a recorded project had.</summary>
    public IReadOnlyList<JudgedFinding> Findings => _figures.Findings;

    /// <summary>Why assertions refuse to judge the run, a sentence each; empty when they do.</summary>
    public IReadOnlyList<string> Refusals => _figures.Refusals;

    /// <summary>Exit code of a recorded process; null for the own process, and for one that its recording did not see end by itself.</summary>
    public int? ExitCode => _figures.ExitCode;

    /// <summary>The HTML report.</summary>
    public string ReportFile { get; }

    /// <summary>The result as JSON: <c>fragguard.run/1</c>.</summary>
    public string ResultFile { get; }

    /// <summary>The recording.</summary>
    public string RecordingFile { get; }

    /// <summary>All three, to be attached to a test.</summary>
    public IReadOnlyList<string> Files => [ReportFile, ResultFile, RecordingFile];

    /// <summary>The metric is smaller than the limit.</summary>
    /// <exception cref="FragmentationAssertException">It is not.</exception>
    /// <exception cref="FragmentationRefusedException">The run cannot be judged.</exception>
    public void AssertBelow(string metric, double limit)
    {
        double value = Require(metric);
        if (!(value < limit))
            throw new FragmentationAssertException(Said($"{metric} is {Text(value)}, not below {Text(limit)}."));
    }

    /// <summary>The metric is larger than the limit.</summary>
    /// <exception cref="FragmentationAssertException">It is not.</exception>
    /// <exception cref="FragmentationRefusedException">The run cannot be judged.</exception>
    public void AssertAbove(string metric, double limit)
    {
        double value = Require(metric);
        if (!(value > limit))
            throw new FragmentationAssertException(Said($"{metric} is {Text(value)}, not above {Text(limit)}."));
    }

    /// <summary>The run confirmed no finding, of this rule or of any.</summary>
    /// <param name="rule">Such as <c>FG1001</c>.</param>
    /// <exception cref="ArgumentException">That is no id of a rule.</exception>
    /// <exception cref="FragmentationAssertException">It confirmed one.</exception>
    /// <exception cref="FragmentationRefusedException">The run cannot be judged, or findings of no build were held against it.</exception>
    public void AssertNoConfirmedFinding(string? rule = null)
    {
        if (rule is not (null or ['F', 'G', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9']))
            throw new ArgumentException($"'{rule}' is no id of a rule, such as FG1001.", nameof(rule));
        RefuseBad();
        if (!_figures.HasFindings)
        {
            throw new FragmentationRefusedException(Said(
                "No findings were held against this run: name the SARIF files of the build in "
                    + $"{nameof(RecorderOptions)}.{nameof(RecorderOptions.Findings)}, or record a project."));
        }

        JudgedFinding[] confirmed =
        [
            .. Findings.Where(finding => string.Equals(finding.Verdict, Confirmed, StringComparison.Ordinal)
                && (rule is null || string.Equals(finding.Rule, rule, StringComparison.Ordinal))),
        ];
        if (confirmed.Length == 0)
            return;
        StringBuilder message = new(confirmed.Length == 1 ? "The run confirmed a finding:" : $"The run confirmed {confirmed.Length} findings:");
        foreach (JudgedFinding one in confirmed)
            message.Append(CultureInfo.InvariantCulture, $"\n{one.File}({one.Line}): {one.Rule}: {one.Message} {one.Reason}");
        throw new FragmentationAssertException(Said(message.ToString()));
    }

    private double Require(string metric)
    {
        RefuseBad();
        if (Metrics.TryGetValue(metric, out double value))
            return value;
        string known = string.Join(", ", Metrics.Keys.Order(StringComparer.Ordinal));
        throw new FragmentationRefusedException(Said(
            $"This run has no metric '{metric}'. It has {known}. Those of the large-object heap need four full GCs, which "
                + $"{nameof(RecorderOptions.FullGcsAtEnd)} forces."));
    }

    private void RefuseBad()
    {
        if (Refusals.Count > 0)
            throw new FragmentationRefusedException(Said("The run cannot be judged. " + string.Join(' ', Refusals)));
    }

    private string Said(string sentence) => $"{sentence}\nReport: {ReportFile}\nRecording: {RecordingFile}";

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>A recorded run of the own process, and what its work gave.</summary>
/// <typeparam name="T">What the work returns; it is alive until the run is measured.</typeparam>
public sealed class FragmentationRun<T> : FragmentationRun
{
    internal FragmentationRun(RunFiles files, RunFigures figures, T value)
        : base(files, figures) => Value = value;

    /// <summary>What the work returned.</summary>
    public T Value { get; }
}
