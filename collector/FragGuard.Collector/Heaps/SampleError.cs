using System;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// The 95 % interval of an estimate that rests on independently drawn samples, relative to the estimate: that of a Poisson
/// count, by the Wilson-Hilferty approximation (within 1 % of the exact one from 4 samples on).
/// </summary>
/// <param name="Low">Lower end / estimate.</param>
/// <param name="High">Upper end / estimate.</param>
public readonly record struct SampleError(double Low, double High)
{
    private const double Normal95 = 1.959964;

    public static SampleError Of(long samples)
    {
        if (samples <= 0)
            return new SampleError(0, double.PositiveInfinity);

        return new SampleError(
            samples * Cube(1 - (1 / (9.0 * samples)) - (Normal95 / (3 * Math.Sqrt(samples)))) / samples,
            (samples + 1) * Cube(1 - (1 / (9.0 * (samples + 1))) + (Normal95 / (3 * Math.Sqrt(samples + 1)))) / samples);
    }

    private static double Cube(double value) => Math.Max(0, value) * value * value;
}
