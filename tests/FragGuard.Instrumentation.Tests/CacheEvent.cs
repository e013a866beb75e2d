namespace FragGuard.Instrumentation.Tests;

/// <summary>One event as a reader of the provider receives it.</summary>
/// <param name="Name">Stored or Removed.</param>
/// <param name="Cache">The cache's name.</param>
/// <param name="Entry">Number of the entry.</param>
/// <param name="Bytes">Payload bytes.</param>
/// <param name="Detail">Time to live in milliseconds, or the reason.</param>
/// <param name="ThreadId">Managed thread that emitted it.</param>
/// <param name="Stack">Stack of the emission.</param>
public sealed record CacheEvent(
    string Name, string Cache, long Entry, long Bytes, object Detail, int ThreadId, string Stack);
