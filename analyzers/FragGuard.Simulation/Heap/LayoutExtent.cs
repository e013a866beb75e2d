namespace FragGuard.Simulation.Heap;

/// <summary>One extent of a heap layout and its use.</summary>
/// <param name="Extent">Where the bytes are; for a used extent its length is the granted size.</param>
/// <param name="Use">What they serve.</param>
/// <param name="RequestedBytes">Bytes the program asked for; 0 unless used.</param>
/// <param name="Site">Index into the trace's sites, or −1 when unknown.</param>
public readonly record struct LayoutExtent(Extent Extent, ExtentUse Use, long RequestedBytes = 0, int Site = -1);
