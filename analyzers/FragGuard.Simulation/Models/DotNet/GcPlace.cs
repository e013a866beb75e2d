namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Where a live block is.</summary>
/// <param name="Heap">The heap that holds it.</param>
/// <param name="Block">Its number among that heap's blocks.</param>
internal readonly record struct GcPlace(GcHeapKind Heap, int Block);
