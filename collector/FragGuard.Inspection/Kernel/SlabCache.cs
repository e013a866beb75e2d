namespace FragGuard.Inspection.Kernel;

/// <summary>One slab cache: a line of /proc/slabinfo (slabinfo(5)).</summary>
/// <param name="ActiveObjects">Objects in use; SLUB counts those on per-CPU lists as used, so it is an upper bound.</param>
/// <param name="Objects">Objects there is room for.</param>
/// <param name="ObjectBytes">Bytes of one object, its padding included.</param>
/// <param name="ActiveSlabs">Slabs with objects in use.</param>
public sealed record SlabCache(
    string Name, long ActiveObjects, long Objects, long ObjectBytes, long ObjectsPerSlab, long PagesPerSlab, long ActiveSlabs, long Slabs)
{
    public long Pages => Slabs * PagesPerSlab;

    public long Bytes(long pageBytes) => Pages * pageBytes;

    /// <summary>Bytes of its pages that no object in use fills; a lower bound, for the same reason.</summary>
    public long WasteBytes(long pageBytes) => System.Math.Max(0, Bytes(pageBytes) - (ActiveObjects * ObjectBytes));
}
