using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>
/// Distributions as a workload names them: <c>fixed(n)</c>, <c>uniform(min,max)</c>, <c>exponential(mean)</c>,
/// <c>lognormal(mu,sigma)</c>, <c>pareto(scale,alpha)</c>, <c>bimodal(a,b,shareOfA)</c> and
/// <c>histogram(n:weight,min-max:weight,…)</c>.
/// </summary>
internal static class DistributionText
{
    public const string Forms =
        "fixed(n), uniform(min,max), exponential(mean), lognormal(mu,sigma), pareto(scale,alpha), bimodal(a,b,shareOfA) "
        + "and histogram(n:weight,min-max:weight)";

    private const double MostMu = 28;
    private const double MostSigma = 10;
    private const double LeastAlpha = 0.1;
    private const double MostAlpha = 100;

    /// <summary>Null when the text is none of the forms, or its numbers are out of bounds.</summary>
    public static Distribution? Parse(string text)
    {
        int open = text.IndexOf('(');
        if (open < 0 || text[text.Length - 1] != ')')
            return null;
        string[] arguments = text.Substring(open + 1, text.Length - open - 2).Split(',');
        string name = text.Substring(0, open);
        if (string.Equals(name, "histogram", StringComparison.Ordinal))
            return Histogram(arguments);
        double[] numbers = new double[arguments.Length];
        bool areWhole = true;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!TryReal(arguments[i], out numbers[i]))
                return null;
            areWhole &= TryWhole(arguments[i], out _);
        }

        return (name, numbers.Length) switch
        {
            ("fixed", 1) when areWhole => new FixedNumber((long)numbers[0]),
            ("uniform", 2) when areWhole && numbers[0] <= numbers[1] =>
                new UniformNumbers((long)numbers[0], (long)numbers[1]),
            ("exponential", 1) when numbers[0] is >= 1 and <= Distribution.Max => new ExponentialNumbers(numbers[0]),
            ("lognormal", 2) when numbers[0] <= MostMu && numbers[1] <= MostSigma =>
                new LogNormalNumbers(numbers[0], numbers[1]),
            ("pareto", 2) when numbers[0] is > 0 and <= Distribution.Max && numbers[1] is >= LeastAlpha and <= MostAlpha =>
                new ParetoNumbers(numbers[0], numbers[1]),
            ("bimodal", 3) when TryWhole(arguments[0], out long first) && TryWhole(arguments[1], out long second)
                && numbers[2] <= 1 => new HistogramNumbers([(first, first, numbers[2]), (second, second, 1 - numbers[2])]),
            _ => null,
        };
    }

    private static HistogramNumbers? Histogram(string[] arguments)
    {
        List<(long, long, double Weight)> parts = [];
        foreach (string argument in arguments)
        {
            string[] sides = argument.Split(':');
            if (sides.Length != 2 || !TryReal(sides[1], out double weight))
                return null;
            string[] ends = sides[0].Split('-');
            if (ends.Length > 2
                || !TryWhole(ends[0], out long min) || !TryWhole(ends[ends.Length - 1], out long max) || min > max)
            {
                return null;
            }

            parts.Add((min, max, weight));
        }

        return parts.Sum(part => part.Weight) > 0 ? new HistogramNumbers(parts) : null;
    }

    private static bool TryWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number is >= 1 and <= Distribution.Max;

    /// <summary>Plain numbers from 0 to 10^15.</summary>
    private static bool TryReal(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && number is >= 0 and <= 1e15;
}
