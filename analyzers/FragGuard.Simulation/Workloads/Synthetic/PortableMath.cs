using System;

namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>
/// Logarithm and exponential from the four basic operations alone, which every runtime rounds alike: the same seed gives
/// the same workload everywhere. Right to about 15 digits.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417;
    private const double HalfOfRoot2 = 0.707106781186547524401;

    /// <summary>Enough for either series: what is left out is below 10^-17.</summary>
    private const int Terms = 15;

    /// <summary>1/n by n.</summary>
    private static readonly double[] Reciprocals = ReciprocalsUpTo(2 * Terms);

    /// <param name="x">Above 0, and not denormal.</param>
    public static double Ln(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1022;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1022L << 52));
        if (mantissa < HalfOfRoot2)
        {
            mantissa *= 2;
            exponent--;
        }

        // ln m = 2 (y + y³/3 + y⁵/5 + …) with y = (m − 1)/(m + 1), |y| < 0.172.
        double y = (mantissa - 1) / (mantissa + 1);
        double square = y * y;
        double sum = 0;
        for (int odd = (2 * Terms) - 1; odd >= 1; odd -= 2)
            sum = (sum * square) + Reciprocals[odd];
        return (2 * y * sum) + (exponent * Ln2);
    }

    /// <summary>At most 2^1 000.</summary>
    public static double Exp(double x)
    {
        double power = Math.Floor((x / Ln2) + 0.5);
        if (power < -1000)
            return 0;
        power = Math.Min(power, 1000);
        double rest = Math.Min(x - (power * Ln2), 1);
        double sum = 1;
        for (int term = Terms; term >= 1; term--)
            sum = 1 + (sum * rest * Reciprocals[term]);
        return sum * BitConverter.Int64BitsToDouble(((long)power + 1023) << 52);
    }

    private static double[] ReciprocalsUpTo(int last)
    {
        double[] reciprocals = new double[last + 1];
        for (int n = 1; n <= last; n++)
            reciprocals[n] = 1.0 / n;
        return reciprocals;
    }
}
