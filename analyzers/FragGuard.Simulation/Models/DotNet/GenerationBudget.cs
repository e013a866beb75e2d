using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Bytes that may come into a generation of small objects before the runtime wants to collect it (dynamic tuning). The
/// runtime computes in single precision, and so does this.
/// </summary>
internal sealed class GenerationBudget
{
    private const float SecondsUntilForgotten = 300f;

    private readonly long _most;
    private readonly float _smallestGrowth;
    private readonly float _largestGrowth;
    private readonly int _conserve;
    private readonly bool _isOldest;
    private long _desired;
    private long _left;
    private long _currentBytes;

    /// <param name="least">Smallest budget.</param>
    /// <param name="most">Largest budget.</param>
    /// <param name="smallestGrowth">Growth that no survivor earns.</param>
    /// <param name="largestGrowth">Growth that many survivors earn.</param>
    private GenerationBudget(long least, long most, float smallestGrowth, float largestGrowth, bool isOldest, int conserve)
    {
        LeastBytes = _desired = _left = least;
        _most = most;
        (_smallestGrowth, _largestGrowth) = (smallestGrowth, largestGrowth);
        (_isOldest, _conserve) = (isOldest, conserve);
    }

    public long LeastBytes { get; }

    /// <summary>Budget granted by the last GC.</summary>
    public long DesiredBytes => _desired;

    public bool IsSpent => _left <= 0;

    /// <summary>How large the generation is taken to be: its objects after its last GC, and what came since.</summary>
    public long ExpectedBytes => _currentBytes + _desired - _left;

    /// <param name="youngBytes">Smallest budget of generation 0.</param>
    public static GenerationBudget[] ForGenerations(long youngBytes, int conserve) =>
    [
        new(youngBytes, Math.Max(youngBytes, 128 << 20), 9f, 20f, isOldest: false, conserve),
        new(256 << 10, 128 << 20, 2f, 7f, isOldest: false, conserve),
        new(256 << 10, long.MaxValue, 1.2f, 1.8f, isOldest: true, conserve),
    ];

    public void Spend(long bytes) => _left -= bytes;

    /// <summary>Grants the budget after a GC of the generation.</summary>
    /// <param name="beforeBytes">Objects before the GC, dead ones included.</param>
    /// <param name="survivedBytes">Those of them that live.</param>
    /// <param name="cameBytes">Objects that came from the younger generation in this GC.</param>
    /// <param name="afterBytes">Objects after the GC.</param>
    /// <param name="fragmentationBytes">Bytes between them.</param>
    public void Renew(
        long beforeBytes, long survivedBytes, long cameBytes, long afterBytes, long fragmentationBytes, float seconds)
    {
        float spent = (_desired - _left + cameBytes) / (float)_desired;
        _currentBytes = afterBytes;
        long desired = LeastBytes;
        if (beforeBytes > 0)
        {
            float growth = Growth(Math.Min(1f, survivedBytes / (float)beforeBytes));
            desired = _isOldest
                ? OfOldest(growth, spent, afterBytes, fragmentationBytes, seconds)
                : Smooth(
                    Math.Min(Math.Max((long)(growth * survivedBytes), LeastBytes), _most), spent, seconds);
        }

        _desired = (desired + 7) & ~7L;
        _left = _desired - cameBytes;
    }

    private long OfOldest(float growth, float spent, long currentBytes, long fragmentationBytes, float seconds)
    {
        if (_conserve != 0)
            growth = Math.Min(growth, (((10f / _conserve) - 1) * 0.5f) + 1);
        long grown = Math.Max((long)(growth * currentBytes), LeastBytes) - currentBytes;
        long desired = Smooth(Math.Max(grown, LeastBytes), spent, seconds);
        if (_conserve == 0 && fragmentationBytes > (long)((growth - 1) * currentBytes))
        {
            desired = Math.Max(
                LeastBytes,
                (long)((float)desired * currentBytes / ((float)currentBytes + (2 * fragmentationBytes))));
        }

        return desired;
    }

    /// <summary>A GC that came before the budget was spent says little, so the budget before it keeps a say.</summary>
    private long Smooth(long desired, float spent, float seconds)
    {
        if (spent is >= 0.95f or <= 0)
            return desired;
        float previous = (1 - spent) * Math.Max(0, (SecondsUntilForgotten - seconds) / SecondsUntilForgotten);
        return (long)(((1.0 - previous) * desired) + (previous * _desired));
    }

    private float Growth(float survived) =>
        survived < (_largestGrowth - _smallestGrowth) / (_smallestGrowth * (_largestGrowth - 1))
            ? (_smallestGrowth - (_smallestGrowth * survived)) / (1 - (survived * _smallestGrowth))
            : _largestGrowth;
}
