namespace FragGuard.Collector.Heaps;

/// <summary>A run of live bytes that a GC found and left where it was, laid out as the runtime lists it.</summary>
internal readonly record struct KeptExtent(ulong Start, ulong Bytes) : IListedExtent
{
    ulong IListedExtent.From => Start;

    ulong IListedExtent.To => Start;

    ulong IListedExtent.Length => Bytes;
}
