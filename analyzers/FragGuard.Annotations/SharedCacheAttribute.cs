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

    /// <summary>Bytes of the smallest entry this cache is meant for; 0 for no bound.</summary>
    public long MinEntryBytes { get; set; }

    /// <summary>Bytes of the largest entry this cache is meant for; 0 for no bound.</summary>
    public long MaxEntryBytes { get; set; }

    /// <summary>
    /// Name of the lifetime that all entries of this cache share, such as <c>session</c>; null when it is meant for any.
    /// </summary>
    public string? LifetimeClass { get; set; }
}
