using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The recorded trace through the model, beside what the runtime measured: how far the what-if can be believed.</summary>
internal static class ReplaySection
{
    public static void Write(HtmlOutput html, ReplaySummary? replay)
    {
        if (replay is null)
            return;
        html.Write($"""
            <section>
            <h2>Does the model know this heap?</h2>
            <p class="lead">The {Amounts.Count(replay.Operations)} recorded large-object operations played through {replay.Model}, beside what the runtime measured. {replay.Fidelity}</p>
            <div class="card">

            """);
        PairedNumbers.Write(
            html,
            Numbers(replay.SimulatedLohFragmentation, replay.SimulatedLohBytes),
            Numbers(replay.MeasuredLohFragmentation, replay.MeasuredLohBytes));
        html.Write($"</div>\n</section>\n");
    }

    private static Dictionary<string, double> Numbers(double fragmentation, long bytes) => new(StringComparer.Ordinal)
    {
        ["lohFragmentation"] = fragmentation,
        ["lohBytes"] = bytes,
    };
}
