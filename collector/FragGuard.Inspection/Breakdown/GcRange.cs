namespace FragGuard.Inspection.Breakdown;

/// <summary>A region of a .NET GC heap, as the runtime itself told.</summary>
/// <param name="Kind">The generation.</param>
/// <param name="UsedEnd">End of its last object; what lies behind it holds none, except in generation 0.</param>
/// <param name="End">End of its address space.</param>
public readonly record struct GcRange(PartKind Kind, ulong Start, ulong UsedEnd, ulong End);
