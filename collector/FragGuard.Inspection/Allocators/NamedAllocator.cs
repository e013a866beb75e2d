namespace FragGuard.Inspection.Allocators;

/// <summary>An allocator that a process has loaded, by the name of a mapped file.</summary>
/// <param name="Name">Such as <c>jemalloc</c>.</param>
/// <param name="FileName">The file, without folders.</param>
public sealed record NamedAllocator(string Name, string FileName);
