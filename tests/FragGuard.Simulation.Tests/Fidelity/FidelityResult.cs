using System;
using System.Globalization;

namespace FragGuard.Simulation.Tests.Fidelity;

/// <summary>One row of the fidelity page: what a live test compared with the real program, and what came of it.</summary>
/// <param name="Stream">What was played, in a few words; unique within a model.</param>
/// <param name="Program">The real program and its version, as seen when the row was last written.</param>
/// <param name="Compared">How many things were compared; the same on every run.</param>
/// <param name="Things">What was compared, such as "operations: answer, address, counters".</param>
/// <param name="Found">Number of differences (exact), or the deviation measured when the row was last written.</param>
/// <param name="Bound">The most that <paramref name="Found"/> may be; 0 for exact.</param>
/// <param name="Unit">"differences" for exact; otherwise the measure and its unit, such as "% of total pages".</param>
internal sealed record FidelityResult(
    string Stream, string Program, long Compared, string Things, double Found, double Bound, string Unit)
{
    public const string Differences = "differences";

    private const int Columns = 7;

    public static FidelityResult Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != Columns)
            throw new FormatException($"A fidelity row has {Columns} columns: {line}");
        return new FidelityResult(
            fields[0], fields[1], long.Parse(fields[2], CultureInfo.InvariantCulture), fields[3],
            double.Parse(fields[4], CultureInfo.InvariantCulture), double.Parse(fields[5], CultureInfo.InvariantCulture),
            fields[6]);
    }

    public override string ToString() => string.Join(
        '\t', Stream, Program, Compared.ToString(CultureInfo.InvariantCulture), Things, Text(Found), Text(Bound), Unit);

    public string ToMarkdown(string model) =>
        $"| `{model}` | {Program} | {Stream} | {Compared.ToString("N0", CultureInfo.InvariantCulture)} {Things} "
        + $"| {Text(Found)} {Unit} | {(Bound == 0 ? "exact" : "≤ " + Text(Bound) + " " + Unit)} |";

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
