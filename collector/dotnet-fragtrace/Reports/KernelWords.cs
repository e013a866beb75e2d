using System;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>The state of zones in words, after rules of thumb from experience.</summary>
internal static class KernelWords
{
    public static string Name(KernelZoneRow zone) => FormattableString.Invariant($"{zone.Node} {zone.Zone}");

    public static string Outlook(KernelZoneRow zone)
    {
        int next = zone.LargestOrder + 1;
        string from = FormattableString.Invariant($"no block from order {next} on");
        return zone.Outlook switch
        {
            "allServed" => "every order has a block",
            "largeFail" => from + ": those requests fail unless compaction makes one",
            "troublePossible" => from + ": trouble is possible",
            "troubleLikely" => from + ": trouble is overwhelmingly likely",
            _ => "nothing is free",
        };
    }

    /// <summary>The largest zone in one line; the small zone for old devices is often full and says little.</summary>
    public static string Title(KernelReport report)
    {
        if (report.Zones.MaxBy(zone => Math.Max(zone.Watermarks?.ManagedPages ?? 0, zone.FreePages)) is not { } main)
            return "Free memory by order is not known: no buddyinfo was read.";
        int huge = Math.Min(9, main.Unusable.Count - 1);
        string usable = FormattableString.Invariant(
            $"{Amounts.Percent(main.FreePages == 0 ? 0 : 1 - main.Unusable[huge])} of the free {Amounts.Bytes((double)main.FreePages * report.PageBytes)} can serve order {huge}");
        return $"Node {Name(main).Replace(" ", ", zone ", StringComparison.Ordinal)}: {Outlook(main)}; {usable} ({Amounts.Bytes((double)report.PageBytes * (1L << huge))}).";
    }
}
