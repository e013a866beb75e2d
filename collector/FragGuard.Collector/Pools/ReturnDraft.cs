namespace FragGuard.Collector.Pools;

/// <summary>Counts of one returning stack while events still come in.</summary>
internal sealed class ReturnDraft
{
    public long Returned { get; set; }

    public long Unseen { get; set; }
}
