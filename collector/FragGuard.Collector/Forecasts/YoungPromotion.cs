using System;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Forecasts;

/// <summary>
/// Whether the survivors of a GC that compacts grow older: not when they are few and the next generation is larger than few. How
/// many are few is a tenth of the smallest budget of generation 0, which no event states; what GCs before were granted and did
/// bounds it.
/// </summary>
internal sealed class YoungPromotion
{
    private const int Oldest = 2;
    private const double Few = 0.1;

    // The same of generation 1, whose smallest budget is 256 KiB and counts twice.
    private const long FewOfMiddle = (long)(2 * (256 << 10) * Few);

    private long _leastFew;
    private long _mostFew = long.MaxValue;
    private long _smallestBudget = long.MaxValue;
    private bool _isFloor;

    /// <param name="generation">Oldest generation collected.</param>
    /// <param name="survivedBytes">What the GC leaves alive of the generations it collects.</param>
    /// <param name="olderBytes">Objects of the generation above.</param>
    public bool Foretell(int generation, long survivedBytes, long olderBytes)
    {
        if (generation == Oldest)
            return true;
        long survived = survivedBytes - OfMiddle(generation);
        long older = olderBytes - OfMiddle(generation);
        if (survived > _mostFew || older < _leastFew)
            return true;
        if (survived <= _leastFew)
            return false;
        return !_isFloor || older < _mostFew;
    }

    /// <summary>What the GC did; a sweep says nothing, for it always makes survivors older.</summary>
    public void Learn(int generation, long survivedBytes, long olderBytes, in GcMechanisms measured)
    {
        Granted(measured.YoungBudgetBytes);
        if (generation == Oldest || !measured.IsCompacting)
            return;
        long survived = survivedBytes - OfMiddle(generation);
        long older = olderBytes - OfMiddle(generation);
        if (!measured.IsPromoting)
        {
            _leastFew = Math.Max(_leastFew, survived);
            _mostFew = Math.Min(_mostFew, older);
        }
        else if (older >= _mostFew)
        {
            _mostFew = Math.Min(_mostFew, survived);
        }
    }

    // No budget is smaller than the smallest; one that is granted twice to the byte is it, or the largest.
    private void Granted(long budget)
    {
        if (budget <= 0 || budget > _smallestBudget)
            return;
        _isFloor = budget == _smallestBudget;
        _smallestBudget = budget;
        _mostFew = Math.Min(_mostFew, (long)(budget * Few));
    }

    private static long OfMiddle(int generation) => generation == 1 ? FewOfMiddle : 0;
}
