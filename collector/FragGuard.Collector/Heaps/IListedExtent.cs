namespace FragGuard.Collector.Heaps;

/// <summary>A run of live bytes as the runtime lists it, whether it was moved or not.</summary>
internal interface IListedExtent
{
    /// <summary>Where it was before the GC.</summary>
    ulong From { get; }

    /// <summary>Where it is after the GC.</summary>
    ulong To { get; }

    ulong Length { get; }
}
