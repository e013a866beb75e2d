namespace FragGuard.Collector.Heaps;

/// <summary>An object that a GC found pinned: it must stay where it is.</summary>
/// <param name="Type">Number of its type in the log.</param>
internal readonly record struct PinnedObject(ulong Address, long Bytes, int Type);
