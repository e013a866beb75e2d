namespace FragGuard.Simulation.Models.DotNet;

/// <summary>The heaps of one GC, by the objects they hold.</summary>
internal enum GcHeapKind : byte
{
    Small,
    Large,
    Pinned,
}
