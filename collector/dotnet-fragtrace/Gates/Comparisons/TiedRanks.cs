using System;
using System.Linq;

namespace FragGuard.FragTrace.Gates.Comparisons;

/// <summary>
/// The exact distribution of the rank sum where values are equal: of all ways to deal the values out to two groups of these sizes, equal
/// values sharing the mean of their ranks. Ranks are doubled, so that all are whole.
/// </summary>
internal static class TiedRanks
{
    /// <summary>Share of the ways in which the second group has at least its rank sum.</summary>
    public static double Larger(double[] first, double[] second)
    {
        double[] sorted = [.. first, .. second];
        Array.Sort(sorted);
        int[] ranks = [.. sorted.Select(value => DoubledRank(sorted, value))];
        int observed = second.Sum(value => DoubledRank(sorted, value));

        // ways[n][s]: choices of n values with the sum s.
        double[][] ways = [.. Enumerable.Range(0, second.Length + 1).Select(_ => new double[ranks.Sum() + 1])];
        ways[0][0] = 1;
        int most = 0;
        foreach (int rank in ranks)
        {
            most += rank;
            for (int chosen = second.Length; chosen > 0; chosen--)
            {
                for (int sum = most; sum >= rank; sum--)
                    ways[chosen][sum] += ways[chosen - 1][sum - rank];
            }
        }

        return ways[^1].Skip(observed).Sum() / ways[^1].Sum();
    }

    private static int DoubledRank(double[] sorted, double value) =>
        Array.FindIndex(sorted, other => other == value) + Array.FindLastIndex(sorted, other => other == value) + 2;
}
