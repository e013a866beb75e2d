namespace FragGuard.Simulation.Models;

/// <summary>What one event did.</summary>
/// <param name="Answer">The reply.</param>
/// <param name="OffsetBytes">Where the block or entry was placed, from the zone's or heap's base; −1 when nothing was placed.</param>
/// <param name="Evicted">Live entries removed to make room.</param>
/// <param name="RefusedBytes">
/// Bytes of the block that was refused, as the allocator was asked for it; <see cref="long.MaxValue"/> for a size that it
/// refuses however much is free; 0 unless one was refused.
/// </param>
public readonly record struct EventOutcome(
    EventAnswer Answer, long OffsetBytes = -1, int Evicted = 0, long RefusedBytes = 0);
