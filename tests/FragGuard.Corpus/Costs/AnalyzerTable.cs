using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace FragGuard.Corpus.Costs;

/// <summary>The table that the compiler prints with <c>/reportanalyzer</c>, of one build.</summary>
internal sealed partial class AnalyzerTable
{
    private const double LessThanOne = 0.5; // milliseconds
    private const double MsPerSecond = 1_000;

    private readonly ImmutableArray<AnalyzerTime> _times;

    private AnalyzerTable(ImmutableArray<AnalyzerTime> times) => _times = times;

    public IEnumerable<string> Assemblies => _times.Select(time => time.Assembly).Distinct(StringComparer.Ordinal);

    /// <summary>The table in what the compiler printed.</summary>
    public static AnalyzerTable Read(string printed)
    {
        ImmutableArray<AnalyzerTime>.Builder times = ImmutableArray.CreateBuilder<AnalyzerTime>();
        string? assembly = null;
        bool hasBegun = false;
        using StringReader lines = new(printed);
        while (lines.ReadLine() is { } line)
        {
            hasBegun |= line.StartsWith("Time (s)", StringComparison.Ordinal);
            if (!hasBegun || Row().Match(line) is not { Success: true } row)
                continue;
            string name = row.Groups["name"].Value;
            int version = name.IndexOf(", Version=", StringComparison.Ordinal);
            if (version >= 0)
                assembly = name[..version];
            else if (assembly is not null)
                times.Add(new(assembly, name.Split(" (", 2)[0], MsOf(row)));
        }

        return times.Count > 0
            ? new(times.ToImmutable())
            : throw new InvalidDataException($"The compiler printed no times of analyzers:\n{printed[..Math.Min(printed.Length, 2_000)]}");
    }

    public IEnumerable<AnalyzerTime> Of(string assembly) =>
        _times.Where(time => string.Equals(time.Assembly, assembly, StringComparison.Ordinal));

    /// <summary>Milliseconds of all analyzers of the assembly; none where the compiler ran none.</summary>
    public double SumOf(string assembly) => Of(assembly).Sum(time => time.Ms);

    /// <summary>Milliseconds of the analyzer in the middle.</summary>
    public double MedianOf(params IEnumerable<string> assemblies)
    {
        double[] sorted = [.. assemblies.SelectMany(Of).Select(time => time.Ms).Order()];
        return Middle(sorted);
    }

    /// <summary>The one in the middle, or what is halfway between the two.</summary>
    internal static double Middle(double[] sorted)
    {
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double MsOf(Match row) => row.Groups["less"].Success
        ? LessThanOne
        : double.Parse(row.Groups["seconds"].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            * MsPerSecond;

    [GeneratedRegex(@"^ *(?<less><)?(?<seconds>[0-9,]*\.[0-9]+) +<?[0-9]+ +(?<name>\S.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
