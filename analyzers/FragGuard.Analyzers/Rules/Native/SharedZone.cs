using FragGuard.Analyzers.Patterns;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>What a zone's annotation says.</summary>
/// <param name="Model">Name of the allocator model.</param>
/// <param name="ZoneBytes">Bytes of the zone.</param>
/// <param name="MinBlockBytes">Smallest block where the source does not tell; 0 when not known.</param>
/// <param name="MaxBlockBytes">Largest block where the source does not tell; 0 when not known.</param>
internal sealed record SharedZone(string Model, long ZoneBytes, long MinBlockBytes, long MaxBlockBytes)
{
    public const string DefaultModel = "nginx-slab";

    /// <summary>The sizes of a block, or those the annotation declares where the source does not bound them.</summary>
    public IntervalSet Declared(IntervalSet bytes) =>
        !bytes.IsKnown && MinBlockBytes > 0 && MaxBlockBytes >= MinBlockBytes
            ? IntervalSet.Of(new Interval(MinBlockBytes, MaxBlockBytes))
            : bytes;
}
