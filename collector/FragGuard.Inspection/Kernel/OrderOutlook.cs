namespace FragGuard.Inspection.Kernel;

/// <summary>What requests of a zone have to expect, by the largest order that still has a free block.</summary>
public enum OrderOutlook
{
    /// <summary>A block of the largest order is free: no request fails for its order.</summary>
    AllServed,

    /// <summary>The largest orders have none: those requests fail unless compaction or reclaim makes a block first.</summary>
    LargeFail,

    /// <summary>The orders from 7, 6 or 5 on have none: trouble is possible.</summary>
    TroublePossible,

    /// <summary>Order 4 has none: trouble is overwhelmingly likely.</summary>
    TroubleLikely,

    /// <summary>Nothing is free at all.</summary>
    NothingFree,
}

/// <summary>Rules of thumb from experience: trouble is possible around orders 5 and 6, and overwhelmingly likely when order 4 dries up.</summary>
public static class OrderOutlooks
{
    private const int LikelyBelow = 4;
    private const int PossibleBelow = 7;

    /// <param name="largestOrder">Largest order with a free block; −1 when nothing is free.</param>
    /// <param name="maxOrder">Largest order of the kernel.</param>
    public static OrderOutlook Of(int largestOrder, int maxOrder) => largestOrder switch
    {
        < 0 => OrderOutlook.NothingFree,
        < LikelyBelow => OrderOutlook.TroubleLikely,
        < PossibleBelow => OrderOutlook.TroublePossible,
        _ => largestOrder < maxOrder ? OrderOutlook.LargeFail : OrderOutlook.AllServed,
    };
}
