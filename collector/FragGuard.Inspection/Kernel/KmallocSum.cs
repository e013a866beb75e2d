namespace FragGuard.Inspection.Kernel;

/// <summary>What some kmalloc requests come to.</summary>
public sealed class KmallocSum
{
    public long Requests { get; internal set; }

    public long RequestedBytes { get; internal set; }

    public long GrantedBytes { get; internal set; }

    /// <summary>Of the requests, those not seen freed.</summary>
    public long Live { get; internal set; }

    internal void Add(long requested, long granted)
    {
        Requests++;
        RequestedBytes += requested;
        GrantedBytes += granted;
    }
}
