using System;

namespace FragGuard.FragTrace.Reports;

/// <summary>The generations of a GC heap, as results and as people name them.</summary>
internal static class HeapNames
{
    /// <summary>In the order a reader of fragmentation wants them: where objects stay put first.</summary>
    private static readonly string[] InReadingOrder = ["loh", "gen2", "poh", "gen1", "gen0"];

    /// <summary>For people; a name of no generation stays what it is.</summary>
    public static string Of(string generation) => generation switch
    {
        "loh" => "large-object heap",
        "poh" => "pinned-object heap",
        "gen0" or "gen1" or "gen2" => "generation " + generation[3..],
        _ => generation,
    };

    /// <summary>Place of a generation in <see cref="InReadingOrder"/>; what is none comes last.</summary>
    public static int PlaceOf(string generation)
    {
        int place = Array.IndexOf(InReadingOrder, generation);
        return place < 0 ? InReadingOrder.Length : place;
    }
}
