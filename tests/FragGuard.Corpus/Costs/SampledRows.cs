using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Corpus.Costs;

/// <summary>The rows of several builds, taken apart by samples, as a table.</summary>
/// <param name="rows">One of each build.</param>
/// <param name="mediansMs">By build, the median of the analyzers that rules are held against.</param>
internal sealed class SampledRows(IReadOnlyList<SampledRow> rows, IReadOnlyList<double> mediansMs)
{
    private static IEnumerable<string> Classes => SampledRow.RulesByClass.Keys;

    public override string ToString() => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        yield return $"| {SampledRow.Name}, taken apart by samples: each rule |{Columns((_, build) => $" Build {build + 1} |")} Samples |";
        yield return $"|---|{Columns((_, _) => $"---|")}---|";
        foreach (string one in Classes.OrderByDescending(one => rows.Sum(row => row.MsPerRule(one))))
            yield return $"| {one}, {SampledRow.RulesByClass[one]} |{Columns((row, _) => $" {row.MsPerRule(one):N1} |")} {Counts(row => row.SamplesOf(one))} |";
        yield return $"| of that, shared |{Columns((row, _) => $" {row.SharedMsPerRule:N1} |")} {Counts(row => row.Shared.Sum(part => part.Value))} |";
        yield return $"| The dearest / median of the others |{Columns((row, build) => $" {Classes.Max(row.MsPerRule) / mediansMs[build]:N2} |")} |";
        yield return $"| The same two standard errors higher |{Columns((row, build) => $" {Classes.Max(row.MostMsPerRule) / mediansMs[build]:N2} |")} |";
        yield return $"| All samples |{Columns((row, _) => $" {row.Parts.All:N0} |")} |";
        yield return $"\nOutermost classes of what is shared: {string.Join(", ", SharedByClass())}\n";
    }

    private IEnumerable<string> SharedByClass() => rows.SelectMany(row => row.Shared)
        .GroupBy(part => part.Key, part => part.Value, StringComparer.Ordinal)
        .OrderByDescending(part => part.Sum())
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Sum()}"));

    private string Columns(Func<SampledRow, int, FormattableString> column) =>
        string.Concat(rows.Select((row, build) => column(row, build).ToString(CultureInfo.InvariantCulture)));

    private string Counts(Func<SampledRow, int> count) =>
        string.Join(", ", rows.Select(row => count(row).ToString(CultureInfo.InvariantCulture)));
}
