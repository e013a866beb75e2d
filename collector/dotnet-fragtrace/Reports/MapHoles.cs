using System;

namespace FragGuard.FragTrace.Reports;

/// <summary>The free extents of a map together.</summary>
/// <param name="LargestBytes">0 when there is none.</param>
internal readonly record struct MapHoles(long Count, long Bytes, long LargestBytes)
{
    /// <summary>These and one more.</summary>
    public MapHoles With(long bytes) => new(Count + 1, Bytes + bytes, Math.Max(LargestBytes, bytes));

    /// <summary>A sentence.</summary>
    public string InWords() => Count switch
    {
        0 => "No hole.",
        1 => $"1 hole with {Amounts.Bytes(Bytes)}; nothing larger fits without growing the heap.",
        _ => $"{Amounts.Count(Count)} holes with {Amounts.Bytes(Bytes)}; the largest has {Amounts.Bytes(LargestBytes)}, "
            + "and nothing larger fits without growing the heap.",
    };
}
