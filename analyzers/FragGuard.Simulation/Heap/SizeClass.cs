namespace FragGuard.Simulation.Heap;

/// <summary>Occupancy of one size class: every slot of it has the same size.</summary>
/// <param name="SlotBytes">Bytes of one slot.</param>
/// <param name="Pages">Zone pages cut into slots of this class; 0 where the allocator has no pages.</param>
/// <param name="Used">Slots that hold something, the allocator's own records included.</param>
/// <param name="Free">Slots ready for reuse.</param>
public readonly record struct SizeClass(long SlotBytes, long Pages, long Used, long Free);
