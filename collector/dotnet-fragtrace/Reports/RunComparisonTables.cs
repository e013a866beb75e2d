using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The figures of two runs side by side.</summary>
internal static class RunComparisonTables
{
    private const int MostHolders = 500;

    public static IEnumerable<PageSection> Figures(RunComparison comparison)
    {
        yield return new PageSection(
            "Heap", "Means are taken over the full GCs of each run's steady state; – where a run had none.",
            new PageTable(
                ["figure", ">before", ">after", ">change"],
                [.. comparison.Figures.Select(figure => (IReadOnlyList<PageCell>)
                [
                    ComparedFigures.LabelOf(figure.Key), FigureWords.Cell(figure.Key, figure.Before), FigureWords.Cell(figure.Key, figure.After),
                    FigureWords.Change(figure),
                ])]),
            Bars(comparison))
        {
            Evidence = Evidence.Measured,
        };
    }

    public static IEnumerable<PageSection> Of(RunComparison comparison)
    {
        if (comparison.Generations.Count > 0)
            yield return Generations(comparison.Generations);
        if (comparison.Holders.Count > 0)
            yield return Holders(comparison.Holders);
        if (comparison.Pools.Count > 0)
            yield return Pools(comparison.Pools);
    }

    private static Picture? Bars(RunComparison comparison)
    {
        (string Label, HeapSummary Heap)[] sides = [("before", comparison.Before.Heap), ("after", comparison.After.Heap)];
        return sides.Any(side => side.Heap.SteadyStateGcs == 0)
            ? null
            : StackedBars.Draw(
                "Mean heap of the steady state",
                [.. sides.Select(side => (side.Label, (IReadOnlyList<BarPart>)
                [
                    new BarPart("other generations", side.Heap.MeanHeapBytes - side.Heap.LohMeanBytes, Ink.Series0),
                    new BarPart("large objects, live", side.Heap.LohLiveBytes, Ink.Used),
                    new BarPart("large-object heap, free", side.Heap.LohMeanBytes - side.Heap.LohLiveBytes, Ink.Free),
                ]))],
                [(Ink.Series0, "other generations"), (Ink.Used, "large objects, live"), (Ink.Free, "large-object heap, free")], Amounts.Bytes);
    }

    private static PageSection Generations(IReadOnlyList<ComparedGeneration> rows) => new(
        "Fragmentation of each generation", "At the worst moment of each run. Free: share of its size; external: share of the free bytes outside the largest hole.",
        new PageTable(
            [
                "", ">size before", ">size after", ">free before", ">free after", ">change of free", ">external before", ">external after",
                ">change of external", ">largest hole before", ">largest hole after",
            ],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                row.Generation, Cells.Bytes(row.Before?.Bytes), Cells.Bytes(row.After?.Bytes),
                Cells.Percent(row.Before?.Fragmentation), Cells.Percent(row.After?.Fragmentation), Cells.Points(row.After?.Fragmentation - row.Before?.Fragmentation),
                Cells.Percent(row.Before?.External), Cells.Percent(row.After?.External), Cells.Points(row.After?.External - row.Before?.External),
                Cells.Bytes(row.Before?.LargestHoleBytes), Cells.Bytes(row.After?.LargestHoleBytes),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageSection Holders(IReadOnlyList<ComparedHolder> rows) => new(
        "Who holds memory open, what grew most first",
        "Holes beside the objects of a site, and their live bytes, at the worst moment of each run."
            + (rows.Count > MostHolders ? $" {Amounts.Count(rows.Count - MostHolders)} more are in the JSON form." : ""),
        new PageTable(
            ["type and site", "where", ">holes before", ">holes after", ">change", ">live before", ">live after", "numbers"],
            [.. rows.Take(MostHolders).Select(row => (IReadOnlyList<PageCell>)
            [
                row.Site ?? "unknown", row.Generation, Cells.Bytes(row.BeforeHoleBytes), Cells.Bytes(row.AfterHoleBytes),
                FigureWords.ByteChange(row.AfterHoleBytes - row.BeforeHoleBytes), Cells.Bytes(row.BeforeLiveBytes), Cells.Bytes(row.AfterLiveBytes),
                row.Measured ? "measured" : "sampled",
            ])]));

    private static PageSection Pools(IReadOnlyList<ComparedPool> rows) => new(
        "Array pools", "Made: arrays the pool had to allocate. Out: rented and not returned at the end.",
        new PageTable(
            [
                "pool", ">length", ">rented before", ">rented after", ">made before", ">made after", ">out before", ">out after",
                ">idle before", ">idle after",
            ],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                $"{row.Kind} {row.ElementType ?? "of unknown type"}", Cells.Count(row.Length),
                Count(row.Before, state => state.Rented), Count(row.After, state => state.Rented),
                Count(row.Before, state => state.Allocated), Count(row.After, state => state.Allocated),
                Count(row.Before, state => state.Outstanding), Count(row.After, state => state.Outstanding),
                Count(row.Before, state => state.IdleAtLeast), Count(row.After, state => state.IdleAtLeast),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageCell Count(PoolState? state, Func<PoolState, long?> value) =>
        state is null ? Cells.Nothing : Cells.Count(value(state), PoolWords.Unknown);
}
