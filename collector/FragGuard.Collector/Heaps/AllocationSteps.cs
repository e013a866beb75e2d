using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Allocated bytes of each source over the recording, in at most <see cref="MaxSteps"/> steps of equal length, which doubles
/// when the recording outgrows them. The first <see cref="MaxSources"/> sources are kept apart.
/// </summary>
internal sealed class AllocationSteps
{
    public const int MaxSteps = 128;
    public const int MaxSources = 1_024;

    private const double FirstStepMs = 62.5;
    private const double LastMs = 1e12;

    private readonly Dictionary<int, double[]> _bytes = [];

    // The same, for those that have a number.
    private double[]?[] _ofSource = [];
    private int _last = -1;

    public double StepMs { get; private set; } = FirstStepMs;

    /// <summary>Steps up to the last one in which anything was allocated.</summary>
    public int Count => _last + 1;

    /// <summary>By source; −1 holds the rest.</summary>
    public Dictionary<int, double[]> BySource => _bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int source, double timeMs, double bytes)
    {
        double time = timeMs >= 0 ? Math.Min(timeMs, LastMs) : 0;
        while (time >= StepMs * MaxSteps)
            Fold();
        int step = (int)(time / StepMs);
        _last = Math.Max(_last, step);
        StepsOf(source)[step] += bytes;
    }

    private double[] StepsOf(int source)
    {
        if ((uint)source < (uint)_ofSource.Length && _ofSource[source] is { } known)
            return known;
        if (_bytes.TryGetValue(source, out double[]? steps))
            return steps;
        if (source >= 0 && _bytes.Count >= MaxSources)
            return StepsOf(AllocationSources.Unknown);

        steps = _bytes[source] = new double[MaxSteps];
        if (source >= 0)
            Number(source, steps);
        return steps;
    }

    private void Number(int source, double[] steps)
    {
        if (source >= _ofSource.Length)
            Array.Resize(ref _ofSource, Math.Max(64, 2 * source));
        _ofSource[source] = steps;
    }

    private void Fold()
    {
        foreach (double[] steps in _bytes.Values)
        {
            for (int i = 0; i < MaxSteps / 2; i++)
                steps[i] = steps[2 * i] + steps[(2 * i) + 1];
            Array.Clear(steps, MaxSteps / 2, MaxSteps / 2);
        }

        _last = _last < 0 ? _last : _last / 2;
        StepMs *= 2;
    }
}
