namespace FragGuard.Collector.Snapshots;

/// <summary>Sums over the objects of one type, and the holes beside them.</summary>
internal struct TypeCount
{
    public long Objects;
    public long Bytes;
    public long HolesBeside;
    public long BytesBeside;
}
