using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>The GC heap generation by generation: where its bytes are, what holds holes open, how long objects live.</summary>
/// <param name="Moments">The worst moment, then the last; without maps where GCs list no survivors. Empty without GCs.</param>
/// <param name="Neighbours">What stands beside the holes of the worst moment, most hole bytes first.</param>
/// <param name="Sampling">drawn, ticks or none: how the objects behind neighbours and lifetimes were chosen.</param>
/// <param name="UnknownLifetimeRatio">Share of the sampled bytes whose end no GC showed.</param>
/// <param name="Lifetimes">Per site and type, most bytes first.</param>
/// <param name="Pins">Per type and site, most hole bytes first.</param>
/// <param name="Missing">What the recording cannot tell, and what would: one sentence each.</param>
public sealed record HeapDetail(
    IReadOnlyList<HeapPicture> Moments,
    IReadOnlyList<NeighbourRow> Neighbours,
    string Sampling,
    double UnknownLifetimeRatio,
    IReadOnlyList<LifetimeRow> Lifetimes,
    IReadOnlyList<PinRow> Pins,
    IReadOnlyList<string> Missing);

/// <summary>All generations right after one GC.</summary>
/// <param name="Moment">worst or last.</param>
/// <param name="Kind">blocking, background or foreground.</param>
/// <param name="Collected">Oldest generation the GC collected.</param>
public sealed record HeapPicture(
    string Moment, int Gc, string Kind, int Collected, double TimeMs, IReadOnlyList<GenerationRow> Generations);

/// <summary>One generation at that moment. Where GCs list no survivors the runtime's own measure fills the first columns.</summary>
/// <param name="Name">gen0, gen1, gen2, loh or poh.</param>
/// <param name="Regions">Null where GCs list no regions, like all that follow from them.</param>
/// <param name="UnknownBytes">Handed out since the generation was last collected.</param>
/// <param name="LargestFitBytes">Largest object that fits without another region.</param>
/// <param name="HoleSizes">By powers of two, smallest first.</param>
/// <param name="Map">Regions side by side; very fine heaps are drawn in cells, each with its used part first.</param>
public sealed record GenerationRow(
    string Name,
    int? Regions,
    long Bytes,
    long LiveBytes,
    long FreeBytes,
    long? UnknownBytes,
    long? Holes,
    long? LargestHoleBytes,
    long? LargestFitBytes,
    IReadOnlyList<HoleSizeRow> HoleSizes,
    IReadOnlyList<MapExtent> Map)
{
    /// <summary>Free / size; null of an empty generation.</summary>
    internal double? Share() => Bytes > 0 ? (double)FreeBytes / Bytes : null;

    /// <summary>1 − largest hole / free; 0 when nothing is free, null when no hole is known.</summary>
    internal double? External() => LargestHoleBytes is not { } largest
        ? null
        : FreeBytes <= 0 ? 0 : Math.Max(0, 1 - ((double)largest / FreeBytes));
}

/// <summary>Holes of at least so many bytes, and less than twice as many.</summary>
public sealed record HoleSizeRow(long MinBytes, long Holes, long Bytes);

/// <summary>Objects beside holes. A hole has two sides; each has half of its bytes.</summary>
/// <param name="Generation">gen0, gen1, gen2, loh or poh.</param>
/// <param name="Site">Type and place; null when unknown.</param>
/// <param name="Sides">Sides of holes where one was seen.</param>
/// <param name="SeenHoleBytes">Bytes of those holes.</param>
/// <param name="HoleBytes">Estimated bytes for all objects of the kind; the ends of the 95 % interval follow, null for ticks.</param>
public sealed record NeighbourRow(
    string Generation, string? Site, long Sides, long SeenHoleBytes, double HoleBytes, double? LowHoleBytes, double? HighHoleBytes);

/// <summary>How long objects of one site and type live; shares are of bytes.</summary>
/// <param name="Bytes">Estimated bytes allocated; the ends of the 95 % interval follow. Those of ticks have none.</param>
/// <param name="UnjudgedShare">Born after the last GC that looked.</param>
/// <param name="MedianMs">Null while half or more are alive.</param>
public sealed record LifetimeRow(
    string? Site,
    long Samples,
    double Bytes,
    double? LowBytes,
    double? HighBytes,
    double BytesPerSecond,
    double DiedGen0,
    double DiedGen1,
    double DiedGen2,
    double DiedLoh,
    double DiedPoh,
    double LiveShare,
    double UnjudgedShare,
    double UnknownShare,
    double? MedianMs,
    double? MedianGcs);

/// <summary>What pins of one type and site blocked in generations 0 to 2.</summary>
/// <param name="Site">Where they were allocated; null unless sampled.</param>
/// <param name="Pins">Pinned objects, each once per GC.</param>
/// <param name="MeanHoleBytes">Free bytes right beside them, mean over the GCs that found any.</param>
public sealed record PinRow(
    string Type, string? Site, long Pins, long Gcs, long PinnedBytes, double MeanHoleBytes, long MostHoleBytes);
