using System;

namespace FragGuard.Simulation.Workloads;

/// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same seed gives the same sequence on every runtime.</summary>
public sealed class SeededRandom
{
    private ulong _state;

    public SeededRandom(ulong seed) => _state = seed;

    public ulong NextBits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextRatio() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="max"/>], both ends included.</summary>
    public long Next(long min, long max)
    {
        if (min > max)
            throw new ArgumentOutOfRangeException(nameof(max), "An interval ends where it starts or later.");
        return min + (long)(NextRatio() * (max - min + 1));
    }
}
