using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Benchmarks.Recording;

/// <summary>Middle and ends of some measurements of one quantity.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median:0.000} ({Low:0.000} to {High:0.000})");
}
