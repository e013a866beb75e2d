using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Bytes that may come into a generation of small objects before the runtime wants to collect it, without the smoothing
/// that follows an early GC.
/// </summary>
internal sealed class GenerationBudget
{
    private readonly long _least;
    private readonly long _most;
    private readonly float _smallestGrowth;
    private readonly float _largestGrowth;
    private readonly bool _countsHeap;
    private long _left;

    /// <param name="least">Smallest budget.</param>
    /// <param name="most">Largest budget.</param>
    /// <param name="smallestGrowth">Growth that no survivor earns.</param>
    /// <param name="largestGrowth">Growth that many survivors earn.</param>
    /// <param name="countsHeap">Whether the growth is of the whole generation, of which the budget is what is new.</param>
    public GenerationBudget(long least, long most, float smallestGrowth, float largestGrowth, bool countsHeap)
    {
        (_least, _most) = (least, most);
        (_smallestGrowth, _largestGrowth) = (smallestGrowth, largestGrowth);
        _countsHeap = countsHeap;
        _left = least;
    }

    public long LeastBytes => _least;

    public bool IsSpent => _left < 0;

    public void Spend(long bytes) => _left -= bytes;

    /// <summary>Grants the budget after a GC of the generation.</summary>
    /// <param name="beforeBytes">Objects before the GC, dead ones included.</param>
    /// <param name="survivedBytes">Objects after it.</param>
    public void Renew(long beforeBytes, long survivedBytes)
    {
        float survived = beforeBytes <= 0 ? 0 : Math.Min(1f, survivedBytes / (float)beforeBytes);
        double grown = Math.Max(Growth(survived) * (double)survivedBytes, _least);
        if (_countsHeap)
            grown -= survivedBytes;
        _left = (long)Math.Min(Math.Max(grown, _least), _most);
    }

    private float Growth(float survived) =>
        survived < (_largestGrowth - _smallestGrowth) / (_smallestGrowth * (_largestGrowth - 1))
            ? (_smallestGrowth - (_smallestGrowth * survived)) / (1 - (survived * _smallestGrowth))
            : _largestGrowth;
}
