using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>Puts two runs side by side.</summary>
internal static class RunComparisonBuilder
{
    public static RunComparison Build(RunReport before, RunReport after) => new()
    {
        Before = new ComparedRun(before.Target, before.Quality, before.Heap, before.Timeline),
        After = new ComparedRun(after.Target, after.Quality, after.Heap, after.Timeline),
        Figures = ComparedFigures.Of(before.Heap, after.Heap),
        Generations = Generations(Worst(before), Worst(after)),
        Findings = ComparedFindings.Of(before.Findings, after.Findings),
        Holders = Holders(before.Holders, after.Holders),
        Pools = Pools(before.Pools, after.Pools),
    };

    private static IReadOnlyList<GenerationRow> Worst(RunReport report) =>
        report.HeapDetail is { Moments: [HeapPicture worst, ..] } ? worst.Generations : [];

    private static ComparedGeneration[] Generations(IReadOnlyList<GenerationRow> before, IReadOnlyList<GenerationRow> after) =>
    [
        .. before.Concat(after).Select(row => row.Name).Distinct(StringComparer.Ordinal)
            .OrderBy(HeapNames.PlaceOf).ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => new ComparedGeneration(name, StateOf(before, name), StateOf(after, name))),
    ];

    private static GenerationState? StateOf(IReadOnlyList<GenerationRow> rows, string name) =>
        rows.FirstOrDefault(row => string.Equals(row.Name, name, StringComparison.Ordinal)) is { } row
            ? new GenerationState(
                row.Bytes, row.FreeBytes, row.Share() ?? 0, row.External(), row.Holes, row.LargestHoleBytes)
            : null;

    private static ComparedHolder[] Holders(IReadOnlyList<HolderRow> before, IReadOnlyList<HolderRow> after)
    {
        ILookup<(string?, string), HolderRow> was = before.ToLookup(row => (row.Site, row.Generation));
        ILookup<(string?, string), HolderRow> isNow = after.ToLookup(row => (row.Site, row.Generation));
        return
        [
            .. was.Select(group => group.Key).Union(isNow.Select(group => group.Key))
                .Select(key => new ComparedHolder(
                    key.Item1, key.Item2, was[key].Concat(isNow[key]).All(row => row.Measured),
                    was[key].Sum(row => row.LiveBytes), isNow[key].Sum(row => row.LiveBytes),
                    was[key].Sum(row => row.HoleBytes), isNow[key].Sum(row => row.HoleBytes)))
                .OrderByDescending(row => row.AfterHoleBytes - row.BeforeHoleBytes)
                .ThenByDescending(row => row.AfterLiveBytes - row.BeforeLiveBytes)
                .ThenBy(row => row.Site, StringComparer.Ordinal)
                .ThenBy(row => row.Generation, StringComparer.Ordinal),
        ];
    }

    // A created pool is named by a number of its own run, so it is known again by what it lends.
    private static ComparedPool[] Pools(IReadOnlyList<PoolRow> before, IReadOnlyList<PoolRow> after)
    {
        ILookup<(string, string?, long), PoolRow> was = before.ToLookup(row => (row.Kind, row.ElementType, row.Length));
        ILookup<(string, string?, long), PoolRow> isNow = after.ToLookup(row => (row.Kind, row.ElementType, row.Length));
        return
        [
            .. was.Select(group => group.Key).Union(isNow.Select(group => group.Key))
                .OrderBy(key => key.Item1, StringComparer.Ordinal).ThenBy(key => key.Item2, StringComparer.Ordinal).ThenBy(key => key.Item3)
                .Select(key => new ComparedPool(key.Item1, key.Item2, key.Item3, StateOf([.. was[key]]), StateOf([.. isNow[key]]))),
        ];
    }

    private static PoolState? StateOf(PoolRow[] rows) => rows.Length == 0
        ? null
        : new PoolState(
            Array.Exists(rows, row => row.Rented is null) ? null : rows.Sum(row => row.Rented),
            rows.Sum(row => row.Allocated),
            rows.Sum(row => row.Dropped),
            rows.Sum(row => row.Trimmed),
            Array.Exists(rows, row => row.Outstanding is null) ? null : rows.Sum(row => row.Outstanding),
            rows.Sum(row => row.IdleAtLeast));
}
