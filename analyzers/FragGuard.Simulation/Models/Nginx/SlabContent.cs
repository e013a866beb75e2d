namespace FragGuard.Simulation.Models.Nginx;

/// <summary>What the program asked for in a slot or block of pages that is in use.</summary>
internal readonly record struct SlabContent(long RequestedBytes, int Site);
