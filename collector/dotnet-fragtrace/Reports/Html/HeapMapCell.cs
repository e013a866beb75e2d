using System;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>One cell of a heap map: how many of its bytes serve what, and the extent most of them belong to.</summary>
internal sealed class HeapMapCell
{
    private long _mainBytes;

    /// <summary>The extent with most bytes in this cell.</summary>
    public MapExtent? Main { get; private set; }

    /// <summary>Extents with bytes in this cell.</summary>
    public int Extents { get; private set; }

    public long UsedBytes { get; private set; }

    public long FreeBytes { get; private set; }

    public long ReleasedBytes { get; private set; }

    public long MetadataBytes { get; private set; }

    public long UnknownBytes { get; private set; }

    /// <summary>Whether one extent fills the cell alone, so that neighbours of the same extent can be drawn as one.</summary>
    public bool IsWhole => Extents == 1;

    /// <summary>The cell's class in report.css: its one use, or how full a mixed cell is, in quarters.</summary>
    public string Class
    {
        get
        {
            long bytes = UsedBytes + FreeBytes + ReleasedBytes + MetadataBytes + UnknownBytes;
            if (ReleasedBytes > bytes / 2)
                return "released";
            if (UnknownBytes > bytes / 2)
                return "unknown";
            if (MetadataBytes > bytes / 2)
                return "metadata";
            long known = UsedBytes + FreeBytes;
            double full = known == 0 ? 0 : (double)UsedBytes / known;
            return full switch
            {
                <= 0.02 => "free",
                < 0.375 => "q1",
                < 0.625 => "q2",
                < 0.98 => "q3",
                _ => "used",
            };
        }
    }

    public void Add(MapExtent extent, long bytes)
    {
        Extents++;
        if (bytes > _mainBytes)
        {
            Main = extent;
            _mainBytes = bytes;
        }

        if (IsUse(extent, "used"))
            UsedBytes += bytes;
        else if (IsUse(extent, "free"))
            FreeBytes += bytes;
        else if (IsUse(extent, "released"))
            ReleasedBytes += bytes;
        else if (IsUse(extent, MapExtents.Unknown))
            UnknownBytes += bytes;
        else
            MetadataBytes += bytes;
    }

    private static bool IsUse(MapExtent extent, string use) => string.Equals(extent.Use, use, StringComparison.Ordinal);
}
