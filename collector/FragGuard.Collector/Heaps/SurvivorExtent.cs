namespace FragGuard.Collector.Heaps;

/// <summary>A run of live bytes that a GC found, and where it is after the GC.</summary>
/// <param name="InnerFreeBytes">The part of it that is dead after all: gaps too small to be kept apart.</param>
internal readonly record struct SurvivorExtent(ulong OldStart, ulong NewStart, ulong Bytes, ulong InnerFreeBytes = 0)
{
    public ulong OldEnd => OldStart + Bytes;
}
