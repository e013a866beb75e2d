using System;
using System.Collections.Generic;
using System.Linq;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;

namespace FragGuard.FragTrace.Gates.Comparisons;

/// <summary>
/// The exact Mann–Whitney test of two groups of runs, and the Hodges–Lehmann estimate of the shift between them. Ties count
/// half; the chances are then those of the values themselves, as the tabulated distribution knows no ties.
/// </summary>
internal sealed class RankTest
{
    /// <summary>Error of an interval at most, both sides together.</summary>
    private const double IntervalError = 0.05;

    private readonly int _before;
    private readonly int _after;
    private readonly double[] _differences;
    private readonly double[] _beforeValues;
    private readonly double[] _afterValues;
    private readonly bool _hasTies;

    /// <param name="before">At least one value.</param>
    /// <param name="after">At least one value.</param>
    public RankTest(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        _beforeValues = [.. before];
        _afterValues = [.. after];
        _hasTies = before.Concat(after).Distinct().Count() < before.Count + after.Count;
        _before = before.Count;
        _after = after.Count;
        _differences = [.. after.SelectMany(one => before.Select(other => one - other)).Order()];
    }

    /// <summary>Chance of a rank sum at least as large if nothing had changed.</summary>
    public double Larger => _hasTies
        ? TiedRanks.Larger(_beforeValues, _afterValues)
        : AtMost(_before, _after, _differences.Length - (int)Math.Floor(Wins(_differences)));

    /// <summary>The same for a rank sum at least as small.</summary>
    public double Smaller => _hasTies
        ? TiedRanks.Larger(_afterValues, _beforeValues)
        : AtMost(_before, _after, _differences.Length - (int)Math.Floor(Wins(_differences.Select(static one => -one))));

    /// <summary>Median of all differences after − before.</summary>
    public double Shift => (_differences[(_differences.Length - 1) / 2] + _differences[_differences.Length / 2]) / 2;

    /// <summary>
    /// The interval of the shift and how sure it is at least; null where no interval says anything. Its ends belong to it, which
    /// is why ties only make it surer (Noether 1967, Wilcoxon confidence intervals for location parameters in the discrete case).
    /// </summary>
    public (double Low, double High, double Confidence)? Interval
    {
        get
        {
            int left = 0;
            while (2 * (left + 1) < _differences.Length && AtMost(_before, _after, left + 1) <= IntervalError / 2)
                left++;
            double confidence = 1 - (2 * AtMost(_before, _after, left));
            return confidence <= 0 ? null : (_differences[left], _differences[^(left + 1)], confidence);
        }
    }

    /// <summary>The smallest chance that so many runs can show.</summary>
    public static double Least(int before, int after) => AtMost(before, after, 0);

    private static double Wins(IEnumerable<double> differences) =>
        differences.Sum(static one => one > 0 ? 1 : one < 0 ? 0 : 0.5);

    /// <summary>P(U ≤ wins). The library's function is P(U &lt; wins).</summary>
    private static double AtMost(int before, int after, int wins) => wins >= before * after
        ? 1
        : Math.Clamp(MannWhitneyLoefflerExactCdf.Instance.Cdf(before, after, wins + 1), 0, 1);
}
