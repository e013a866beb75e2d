using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The recorded workload played again: beside what was measured, and with each remedy.</summary>
internal static class RunPageModel
{
    public static IEnumerable<PageSection> Of(RunReport report)
    {
        if (report.Replay is { } replay)
            yield return Replay(replay);
        if (report.WhatIf.Count > 0)
            yield return WhatIf(report.WhatIf);
    }

    private static PageSection Replay(ReplaySummary replay) => new(
        "Does the model know this heap?",
        $"The {Amounts.Count(replay.Operations)} recorded large-object operations played through {replay.Model}, beside what the runtime "
            + $"measured. Of this model: {replay.Fidelity.TrimEnd('.')}.",
        new PageTable(
            ["large-object heap", ">simulated", ">measured", ">difference"],
            [
                [
                    "free share", Cells.Percent(replay.SimulatedLohFragmentation), Cells.Percent(replay.MeasuredLohFragmentation),
                    Cells.Points(replay.SimulatedLohFragmentation - replay.MeasuredLohFragmentation),
                ],
                [
                    "size", Cells.Bytes(replay.SimulatedLohBytes), Cells.Bytes(replay.MeasuredLohBytes),
                    Cells.Change(replay.MeasuredLohBytes == 0 ? null : ((double)replay.SimulatedLohBytes / replay.MeasuredLohBytes) - 1),
                ],
            ]));

    private static PageSection WhatIf(IReadOnlyList<WhatIfRow> rows) => new(
        "What if",
        "The recorded workload played again with one thing changed: mean heap in the steady state, and the share of it that is waste.",
        new PageTable(
            ["", "remedy", ">mean heap", ">change", ">waste", ">wasted", "advice"],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                row.IsBest ? "best" : "", row.Remedy, Cells.Bytes(row.HeapBytes), Cells.Change(row.HeapChange), Cells.Percent(row.Waste),
                Cells.Bytes(row.HeapBytes * Share(row)), row.Advice,
            ])]),
        StackedBars.Draw(
            "Mean heap with each remedy, simulated",
            [.. rows.Select(row => (row.Remedy, (IReadOnlyList<BarPart>)
            [
                new BarPart("live", row.HeapBytes * (1 - Share(row)), Ink.Used), new BarPart("waste", row.HeapBytes * Share(row), Ink.Free),
            ]))],
            [(Ink.Used, "live"), (Ink.Free, "waste")], Amounts.Bytes))
    {
        Evidence = Evidence.Simulated,
    };

    private static double Share(WhatIfRow row) => double.IsFinite(row.Waste) ? double.Clamp(row.Waste, 0, 1) : 0;
}
