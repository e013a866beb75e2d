using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// How many free pages jemalloc keeps as time passes: a backlog of 200 steps, each weighed by a smooth step down to 0.
/// The real clock is read about every thousandth operation and starts each step late by a random part of it; here each
/// Time event reads it, and no step is late.
/// </summary>
internal sealed class PageDecay
{
    private const int Steps = 200;
    private const int FractionBits = 24;

    private static readonly long[] Weights = WeightsOfSteps();

    private readonly long[] _backlog = new long[Steps];
    private readonly double _stepMilliseconds;
    private double _epoch;
    private long _unpurgedPages;

    public PageDecay(long decayMilliseconds)
    {
        DecayMilliseconds = decayMilliseconds;
        _stepMilliseconds = (double)decayMilliseconds / Steps;
    }

    /// <summary>Time in which all pages go; 0 at once, −1 never.</summary>
    public long DecayMilliseconds { get; }

    /// <returns>Pages that may stay, or −1 when no step has passed.</returns>
    public long Advance(long now, long pages)
    {
        if (DecayMilliseconds <= 0 || now < _epoch + _stepMilliseconds)
            return -1;
        long steps = (long)((now - _epoch) / _stepMilliseconds);
        _epoch += steps * _stepMilliseconds;
        int shift = (int)Math.Min(steps, Steps);
        Array.Copy(_backlog, shift, _backlog, 0, Steps - shift);
        Array.Clear(_backlog, Steps - shift, shift);
        _backlog[Steps - 1] = Math.Max(0, pages - _unpurgedPages);
        long sum = 0;
        for (int i = 0; i < Steps; i++)
            sum += _backlog[i] * Weights[i];
        long kept = sum >> FractionBits;
        _unpurgedPages = Math.Max(kept, pages);
        return kept;
    }

    private static long[] WeightsOfSteps()
    {
        long[] weights = new long[Steps];
        for (int i = 0; i < Steps; i++)
        {
            double x = (i + 1.0) / Steps;
            weights[i] = (long)(x * x * x * ((x * ((6 * x) - 15)) + 10) * (1 << FractionBits));
        }

        return weights;
    }
}
