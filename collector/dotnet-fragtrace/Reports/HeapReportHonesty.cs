using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>What every form of a heap report says of its own numbers.</summary>
internal static class HeapReportHonesty
{
    /// <summary>One sentence each, losses first.</summary>
    public static IReadOnlyList<string> Facts(HeapReport report)
    {
        HeapQuality quality = report.Quality;
        List<string> facts =
        [
            $"Events: {Amounts.Count(quality.EventsRead)} read, {Amounts.Count(quality.EventsLost)} lost.",
            quality.Exact
                ? "Measured: the runtime listed every live object at the end of this GC."
                : "Not exact: objects whose events are missing look like holes, so live bytes are at least and free bytes at most what is shown.",
        ];
        if (report.Generations.Count == 0)
            facts.Add("The recording lists no regions (keyword 0x400000), so nothing is known of holes.");
        if (report.Generations.Any(generation => generation.RuntimeFreeBytes is not null))
            facts.Add(Agreement(report.Generations));
        if (quality.UnnamedObjects > 0)
        {
            facts.Add($"The type of {Amounts.Count(quality.UnnamedObjects)} objects was not named, and caches among them were not found: "
                + "the runtime names a type once to all sessions, so end other sessions that list types first.");
        }

        if (report.WhyNoCaches is { } reason)
            facts.Add($"Caches were not looked for: {reason}.");
        else if (quality.UnreachedBytes > 0)
            facts.Add($"No listed root leads to {Amounts.Bytes(quality.UnreachedBytes)}: the runtime keeps them alive in a way it does not list.");
        return facts;
    }

    private static string Agreement(IReadOnlyList<HeapGenerationRow> generations)
    {
        HeapGenerationRow[] known = [.. generations.Where(generation => generation.RuntimeFreeBytes is not null)];
        HeapGenerationRow[] apart =
        [
            .. known.Where(generation => generation.FreeBytes + generation.PadBytes != generation.RuntimeFreeBytes
                || generation.SizeBytes != generation.RuntimeSizeBytes),
        ];
        if (apart.Length == 0)
            return "The runtime's own size and free space of each generation are the same to the byte.";
        return "The runtime's own figures differ: " + string.Join("; ", apart.Select(generation =>
            $"{HeapReportBuilder.NameOf(generation.Generation)} {Amounts.ExactBytes(generation.RuntimeSizeBytes ?? 0)} with "
            + $"{Amounts.ExactBytes(generation.RuntimeFreeBytes ?? 0)} free, here {Amounts.ExactBytes(generation.SizeBytes)} with "
            + Amounts.ExactBytes(generation.FreeBytes + generation.PadBytes))) + ".";
    }
}
