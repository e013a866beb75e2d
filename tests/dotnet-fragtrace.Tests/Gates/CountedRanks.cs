using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace FragGuard.FragTrace.Tests.Gates;

/// <summary>Chances of rank sums, counted one arrangement after the other, or by Mann and Whitney's recurrence for larger groups.</summary>
internal static class CountedRanks
{
    /// <summary>Pairs that the second group wins; a tie is half of one.</summary>
    public static double Wins(IReadOnlyList<double> before, IReadOnlyList<double> after) =>
        after.Sum(one => before.Sum(other => one > other ? 1 : one < other ? 0 : 0.5));

    /// <summary>Share of all ways to deal the same values out to groups of these sizes in which the second wins at least as much.</summary>
    public static double Larger(double[] before, double[] after)
    {
        double wins = Wins(before, after);
        double[][][] dealt = [.. Deals([.. before, .. after], after.Length)];
        return (double)dealt.Count(deal => Wins(deal[0], deal[1]) >= wins) / dealt.Length;
    }

    /// <summary>All ways to deal values out: the first group, then the second.</summary>
    public static IEnumerable<double[][]> Deals(double[] values, int second)
    {
        for (uint mask = 0; mask < 1u << values.Length; mask++)
        {
            if (BitOperations.PopCount(mask) == second)
                yield return [[.. values.Where((_, i) => (mask >> i & 1) == 0)], [.. values.Where((_, i) => (mask >> i & 1) == 1)]];
        }
    }

    /// <summary>
    /// P(U ≤ wins) without ties. The largest value of all is in one group or the other, and wins against all of the other: so
    /// N(u, n, m) = N(u, n − 1, m) + N(u − n, n, m − 1).
    /// </summary>
    public static double AtMost(int before, int after, int wins)
    {
        BigInteger[,][] counts = new BigInteger[before + 1, after + 1][];
        for (int n = 0; n <= before; n++)
        {
            for (int m = 0; m <= after; m++)
            {
                BigInteger[] own = counts[n, m] = new BigInteger[(n * m) + 1];
                for (int u = 0; u < own.Length; u++)
                    own[u] = n == 0 || m == 0 ? 1 : At(counts[n - 1, m], u) + At(counts[n, m - 1], u - n);
            }
        }

        BigInteger[] all = counts[before, after];
        BigInteger sum = BigInteger.Zero;
        foreach (BigInteger count in all)
            sum += count;
        BigInteger below = BigInteger.Zero;
        for (int u = 0; u <= Math.Min(wins, all.Length - 1); u++)
            below += all[u];
        return (double)(below * 1_000_000_000_000_000 / sum) / 1e15;
    }

    private static BigInteger At(BigInteger[] counts, int u) => u >= 0 && u < counts.Length ? counts[u] : BigInteger.Zero;
}
