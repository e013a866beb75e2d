namespace FragGuard.Collector.Pools;

/// <summary>Counts of one renting stack while events still come in.</summary>
internal sealed class RentDraft
{
    public long Rents { get; set; }

    public long Returned { get; set; }

    public long Outstanding { get; set; }

    public long Misses { get; set; }

    public double LastRentMs { get; set; }
}
