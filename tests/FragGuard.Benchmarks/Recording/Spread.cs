using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Benchmarks.Recording;

/// <summary>Middle and ends of some measurements of one quantity.</summary>
/// <param name="Lower">Lower end of an interval that holds the median of all possible measurements with 95 % or more, whatever their distribution.</param>
/// <param name="Upper">Upper end of that interval; with fewer than six measurements there is none but their range.</param>
internal readonly record struct Spread(double Median, double Lower, double Upper, double Low, double High)
{
    private const double MissedEachSide = 0.025;

    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        int outside = Outside(sorted.Length);
        return new Spread(median, sorted[outside], sorted[^(outside + 1)], sorted[0], sorted[^1]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Median:0.000} [{Lower:0.000} to {Upper:0.000}] ({Low:0.000} to {High:0.000})");

    /// <summary>
    /// How many measurements on each side can be left out. Of n measurements k or fewer lie below the true median with the
    /// probability that n throws of a coin show heads k times or less.
    /// </summary>
    private static int Outside(int count)
    {
        double exactly = Math.Pow(0.5, count);
        double atMost = 0;
        for (int heads = 0; heads < count; heads++)
        {
            atMost += exactly;
            if (atMost > MissedEachSide)
                return heads;
            exactly *= (count - heads) / (heads + 1.0);
        }

        return 0;
    }
}
