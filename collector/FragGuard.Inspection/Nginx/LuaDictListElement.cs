namespace FragGuard.Inspection.Nginx;

/// <summary>One element of a list in a shared dictionary.</summary>
/// <param name="OffsetBytes">Offset of its block in the zone.</param>
/// <param name="Entry">Index of the list among the entries in their order of use.</param>
public readonly record struct LuaDictListElement(long OffsetBytes, uint ValueBytes, int Entry);
