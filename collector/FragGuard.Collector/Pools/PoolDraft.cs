namespace FragGuard.Collector.Pools;

/// <summary>Counts of one pool and length while events still come in.</summary>
internal sealed class PoolDraft
{
    public long Rented { get; set; }

    public long Returned { get; set; }

    /// <summary>Returns of arrays whose rent was seen.</summary>
    public long Matched { get; set; }

    /// <summary>Rents whose return could not be told from others: too many arrays were out.</summary>
    public long Unfollowed { get; set; }

    public long AllocatedPooled { get; set; }

    public long AllocatedOverMaximumSize { get; set; }

    public long AllocatedPoolExhausted { get; set; }

    public long DroppedFull { get; set; }

    public long DroppedOverMaximumSize { get; set; }

    public long Trimmed { get; set; }

    public PoolUse Build(int pool, int length, bool isShared) => new(
        pool, isShared, length, Rented, Returned, AllocatedPooled, AllocatedOverMaximumSize, AllocatedPoolExhausted,
        DroppedFull, DroppedOverMaximumSize, Trimmed, Rented - Matched - Unfollowed);
}
