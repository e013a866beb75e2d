namespace FragGuard.Simulation.Models.Nginx;

/// <summary>One element of a list in a shared dictionary.</summary>
/// <param name="OffsetBytes">Offset of its block in the zone.</param>
/// <param name="ValueBytes">Bytes of its value.</param>
/// <param name="Site">The site that pushed it.</param>
public readonly record struct LuaDictElement(long OffsetBytes, uint ValueBytes, int Site);
