namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Where a block is.</summary>
/// <param name="Heap">The heap that holds it.</param>
/// <param name="Block">Its number among that heap's blocks; −1 for one that was refused.</param>
internal readonly record struct GcPlace(GcHeapKind Heap, int Block)
{
    public bool IsRefused => Block < 0;
}
