using System;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using Spectre.Console;

namespace FragGuard.FragTrace.Live;

/// <summary>The view that suits where the tool writes to.</summary>
internal static class LiveViews
{
    /// <summary>Whether the output can be redrawn in place: it is a terminal, with colours, and no JSON is asked for.</summary>
    public static bool IsScreen(ToolConsole console, bool asJson) =>
        !asJson && console.Out is TerminalWriter terminal && terminal.Colors != ColorSystem.NoColors;

    public static ILiveView Choose(ToolConsole console, bool asJson, LiveSession session, string title, LiveNotes notes)
    {
        if (asJson)
            return new JsonLines(console.Out, session.ProcessId);
        return console.Out is not TerminalWriter terminal
            ? new PlainLines(console.Out, columns: 0)
            : terminal.Colors == ColorSystem.NoColors
                ? new PlainLines(terminal, terminal.Columns)
                : LiveScreen.On(terminal, title, notes);
    }

    /// <summary>The one line after the view.</summary>
    public static string Closing(LiveMoment moment, int processId, string what)
    {
        string events = moment.EventsLost == 1 ? "1 event" : $"{Amounts.Count(moment.EventsLost)} events";
        return FormattableString.Invariant(
            $"Process {processId} {what} after {Amounts.Milliseconds(moment.Elapsed.TotalMilliseconds)}: {Amounts.Gcs(moment.Gcs.Count)} seen, {events} lost.");
    }
}
