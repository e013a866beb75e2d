namespace FragGuard.Collector.Snapshots;

/// <summary>One live object.</summary>
/// <param name="Address">Of its method table pointer, by which others refer to it.</param>
/// <param name="Bytes">Its own size with header, as the runtime tells it: not rounded up.</param>
/// <param name="Type">Index into <see cref="TypeTable"/>.</param>
/// <param name="References">Objects it refers to, the same one as often as it does.</param>
internal readonly record struct HeapObject(ulong Address, long Bytes, int Type, int References)
{
    private const int Alignment = 8;

    /// <summary>Bytes it takes on the heap.</summary>
    public long AlignedBytes => (Bytes + Alignment - 1) & -Alignment;
}
