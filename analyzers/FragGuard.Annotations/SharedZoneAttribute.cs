using System;

namespace FragGuard.Annotations;

/// <summary>
/// Marks a zone of memory, such as a memory-mapped file that processes share, out of which blocks are allocated by methods
/// that have a <see cref="BlockBytesAttribute"/> parameter.
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
    | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SharedZoneAttribute : Attribute
{
    /// <summary>Allocator model that places the blocks, such as <c>nginx-slab</c>.</summary>
    public string Model { get; set; } = "nginx-slab";

    /// <summary>Bytes of the zone, the allocator's own records included.</summary>
    public long ZoneBytes { get; set; }

    /// <summary>Smallest block that is asked for, where the source does not tell; 0 when not known.</summary>
    public long MinBlockBytes { get; set; }

    /// <summary>Largest block that is asked for, where the source does not tell; 0 when not known.</summary>
    public long MaxBlockBytes { get; set; }
}
