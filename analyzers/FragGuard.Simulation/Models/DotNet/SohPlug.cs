namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Adjacent survivors that a GC moves as one, or leaves where they are because one of them is pinned.</summary>
/// <param name="First">First block of the chain.</param>
/// <param name="Last">Last block of the chain.</param>
/// <param name="Start">Where the chain is, or after planning where it shall be.</param>
/// <param name="Bytes">Length of the chain.</param>
/// <param name="Before">The block of the older generation it is planned behind; −1 for a place among the condemned.</param>
internal readonly record struct SohPlug(int First, int Last, long Start, long Bytes, int Before = -1)
{
    public long End => Start + Bytes;
}
