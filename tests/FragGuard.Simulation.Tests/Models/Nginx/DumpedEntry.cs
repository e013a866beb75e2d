namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>An entry as it lies in the memory of a zone.</summary>
/// <param name="Key">Its key.</param>
/// <param name="OffsetBytes">Offset of its block.</param>
/// <param name="ValueBytes">Bytes of its value; 0 for a list.</param>
/// <param name="ExpiresAt">Milliseconds of the real clock; 0 for never.</param>
/// <param name="Elements">"offset:bytes" of each element of a list from head to tail; null for any other value.</param>
/// <param name="Length">The length a list says it has; 0 for any other value.</param>
internal readonly record struct DumpedEntry(
    string Key, long OffsetBytes, long ValueBytes, long ExpiresAt, string? Elements, long Length);
