using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>
/// A heap map cut into at most so many rows of cells of one size. Address space that no extent covers is left
/// out, so regions far apart stand side by side.
/// </summary>
internal sealed class HeapMapCells
{
    public const int Columns = 128;
    public const int MostRows = 46;

    private HeapMapCells(long cellBytes, HeapMapCell[] cells, MapExtent? largestHole, long holes)
    {
        CellBytes = cellBytes;
        Cells = cells;
        LargestHole = largestHole;
        Holes = holes;
    }

    /// <summary>Bytes of one cell, a power of two.</summary>
    public long CellBytes { get; }

    public IReadOnlyList<HeapMapCell> Cells { get; }

    public MapExtent? LargestHole { get; }

    /// <summary>Free extents.</summary>
    public long Holes { get; }

    public int Rows => (Cells.Count + Columns - 1) / Columns;

    /// <summary>Extents with no bytes, and what no heap can hold, are left out.</summary>
    public static HeapMapCells From(IReadOnlyList<MapExtent> map, int mostRows = MostRows)
    {
        List<MapExtent> extents = [];
        double total = 0;
        foreach (MapExtent extent in map)
        {
            if (extent.Bytes <= 0 || total + extent.Bytes > 1L << 60)
                continue;
            extents.Add(extent);
            total += extent.Bytes;
        }

        extents.Sort((left, right) => left.Start.CompareTo(right.Start));
        long cellBytes = 1;
        while (total / cellBytes > Columns * mostRows)
            cellBytes *= 2;
        return Fill(extents, cellBytes, (int)Math.Ceiling(total / cellBytes));
    }

    private static HeapMapCells Fill(List<MapExtent> extents, long cellBytes, int count)
    {
        var cells = new HeapMapCell[count];
        for (int i = 0; i < count; i++)
            cells[i] = new HeapMapCell();
        long place = 0;
        long holes = 0;
        MapExtent? largestHole = null;
        foreach (MapExtent extent in extents)
        {
            long end = place + extent.Bytes;
            for (; place < end; place = Math.Min(end, (place / cellBytes + 1) * cellBytes))
                cells[place / cellBytes].Add(extent, Math.Min(end, (place / cellBytes + 1) * cellBytes) - place);
            if (!string.Equals(extent.Use, "free", StringComparison.Ordinal))
                continue;
            holes++;
            if (largestHole is null || extent.Bytes > largestHole.Bytes)
                largestHole = extent;
        }

        return new HeapMapCells(cellBytes, cells, largestHole, holes);
    }
}
