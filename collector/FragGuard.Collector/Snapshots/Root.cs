namespace FragGuard.Collector.Snapshots;

/// <summary>One place outside the heap that refers to an object.</summary>
/// <param name="Name">Name of the static field; null for other kinds.</param>
internal readonly record struct Root(ulong Target, RootKind Kind, string? Name);
