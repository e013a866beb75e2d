namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>A block as the program knows it.</summary>
/// <param name="Place">The heap's name for where it is; −1 when it was refused.</param>
/// <param name="RequestedBytes">Bytes the program asked for.</param>
/// <param name="Site">The site that asked.</param>
internal readonly record struct SizeClassedBlock(long Place, long RequestedBytes, int Site);
