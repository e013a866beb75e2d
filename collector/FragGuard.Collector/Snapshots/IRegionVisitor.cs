using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Snapshots;

/// <summary>Is told what lies in the used part of each region, from its start to its end without a gap.</summary>
internal interface IRegionVisitor
{
    void Enter(GenerationExtent region);

    void Object(int number, in HeapObject one);

    /// <param name="before">Number of the object before it, or <see cref="RegionWalk.NoObject"/>.</param>
    /// <param name="after">Number of the object behind it, or <see cref="RegionWalk.NoObject"/>.</param>
    void Hole(ulong start, long bytes, int before, int after);

    /// <summary>Bytes that belong to the large object behind them.</summary>
    void Pad(ulong start, long bytes);

    void Leave();
}
