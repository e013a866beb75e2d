namespace FragGuard.Simulation.Heap;

/// <summary>A half-open run of bytes, [Start, End), inside one zone.</summary>
/// <param name="Start">First byte, as an offset from the zone's or heap's base.</param>
/// <param name="Bytes">Length in bytes.</param>
public readonly record struct Extent(long Start, long Bytes)
{
    public long End => Start + Bytes;

    public bool Overlaps(Extent other) => Start < other.End && other.Start < End;

    public override string ToString() => $"[{Start},{End})";
}
