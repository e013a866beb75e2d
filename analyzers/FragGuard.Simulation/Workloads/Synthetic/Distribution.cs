using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>Where the sizes and lifetimes of a synthetic workload come from: whole numbers from 1 to 2^40.</summary>
public abstract class Distribution
{
    /// <summary>Largest number drawn.</summary>
    public const long Max = 1L << 40;

    /// <summary>A number, of the next bits of a sequence.</summary>
    public abstract long Draw(SeededRandom random);

    internal static long Clamp(double drawn) => drawn >= Max ? Max : Math.Max(1, (long)drawn);
}

/// <summary>Always the same.</summary>
internal sealed class FixedNumber(long number) : Distribution
{
    public override long Draw(SeededRandom random) => number;
}

/// <summary>Each number from min to max alike.</summary>
internal sealed class UniformNumbers(long min, long max) : Distribution
{
    public override long Draw(SeededRandom random) => random.Next(min, max);
}

/// <summary>
/// Exponential in whole numbers, which is geometric: as a lifetime, every block dies as likely whatever its age.
/// </summary>
internal sealed class ExponentialNumbers(double mean) : Distribution
{
    private readonly double _scale = mean > 1 ? 1 / PortableMath.Ln(1 - (1 / mean)) : 0;

    public override long Draw(SeededRandom random) =>
        Clamp(1 + Math.Floor(PortableMath.Ln(1 - random.NextRatio()) * _scale));
}

/// <summary>Numbers whose logarithm is normal with this mean and deviation.</summary>
internal sealed class LogNormalNumbers(double mu, double sigma) : Distribution
{
    public override long Draw(SeededRandom random) => Clamp(PortableMath.Exp(mu + (sigma * Normal(random))));

    /// <summary>Marsaglia's polar method.</summary>
    private static double Normal(SeededRandom random)
    {
        while (true)
        {
            double x = (2 * random.NextRatio()) - 1;
            double y = (2 * random.NextRatio()) - 1;
            double square = (x * x) + (y * y);
            if (square is > 1e-300 and < 1)
                return x * Math.Sqrt(-2 * PortableMath.Ln(square) / square);
        }
    }
}

/// <summary>
/// Pareto's second kind (Lomax): as a lifetime it is correlated with age, for the longer a block has lived, the longer it
/// will: at age a it has (scale + a) / (alpha − 1) ahead of it on average.
/// </summary>
internal sealed class ParetoNumbers(double scale, double alpha) : Distribution
{
    public override long Draw(SeededRandom random) =>
        Clamp(1 + (scale * (PortableMath.Exp(-PortableMath.Ln(1 - random.NextRatio()) / alpha) - 1)));
}

/// <summary>Parts by their weight, each uniform from its least to its largest number.</summary>
internal sealed class HistogramNumbers : Distribution
{
    private readonly (long Min, long Max, double UpTo)[] _parts;
    private readonly double _total;

    public HistogramNumbers(IReadOnlyList<(long Min, long Max, double Weight)> parts)
    {
        _parts = new (long, long, double)[parts.Count];
        for (int i = 0; i < parts.Count; i++)
        {
            _total += parts[i].Weight;
            _parts[i] = (parts[i].Min, parts[i].Max, _total);
        }
    }

    public override long Draw(SeededRandom random)
    {
        double drawn = random.NextRatio() * _total;
        int part = 0;
        while (part < _parts.Length - 1 && drawn >= _parts[part].UpTo)
            part++;
        return _parts[part].Min == _parts[part].Max ? _parts[part].Min : random.Next(_parts[part].Min, _parts[part].Max);
    }
}
