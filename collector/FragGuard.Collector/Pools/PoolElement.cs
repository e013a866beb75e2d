namespace FragGuard.Collector.Pools;

/// <summary>What the arrays of a pool hold.</summary>
/// <param name="Type">Full name of the element type; null when it was not told, or is one of several reference types that share code.</param>
/// <param name="Bytes">Bytes of one element; null when unknown.</param>
/// <param name="Source">How it is known.</param>
public sealed record PoolElement(string? Type, int? Bytes, ElementSource Source)
{
    public static PoolElement Unknown { get; } = new(null, null, ElementSource.None);
}
