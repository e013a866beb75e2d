using System;

namespace FragGuard.Annotations;

/// <summary>Marks a cache of your own, or says where the entries of a known one live.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
    | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SharedCacheAttribute : Attribute
{
    /// <summary>Allocator model that holds the entries, such as <c>dotnet-loh</c> or <c>lua-shared-dict</c>.</summary>
    public string Model { get; set; } = "dotnet-loh";

    /// <summary>Bytes of the zone, for a model that has one of fixed size; 0 on the GC heap.</summary>
    public long ZoneBytes { get; set; }
}
