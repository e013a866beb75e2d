namespace FragGuard.Collector.Heaps;

/// <summary>A run of live bytes that a GC found, and where it is after the GC, laid out as the runtime lists what it moved.</summary>
internal readonly record struct SurvivorExtent(ulong OldStart, ulong NewStart, ulong Bytes) : IListedExtent
{
    public ulong OldEnd => OldStart + Bytes;

    ulong IListedExtent.From => OldStart;

    ulong IListedExtent.To => NewStart;

    ulong IListedExtent.Length => Bytes;
}
