using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.CommandLine;
using Spectre.Console;

namespace FragGuard.FragTrace.Live;

/// <summary>A page that is redrawn in place.</summary>
/// <param name="title">Who is watched.</param>
/// <param name="notes">Called for each look: what else there is to say.</param>
internal sealed class LiveScreen(IAnsiConsole console, string title, Func<IReadOnlyList<string>> notes) : ILiveView
{
    public static LiveScreen On(TerminalWriter terminal, string title, LiveNotes notes)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal),
            Ansi = AnsiSupport.Yes,
            ColorSystem = Enum.Parse<ColorSystemSupport>(terminal.Colors.ToString()),
            Interactive = InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = terminal.Encoding.CodePage is 65001 or 1200;
        return new LiveScreen(console, title, () => notes.Shown);
    }

    public Task RunAsync(Func<Action<LiveMoment>, Task> watch) => console
        .Live(new Text("Waiting for the first events."))
        .Overflow(VerticalOverflow.Crop)
        .Cropping(VerticalOverflowCropping.Bottom)
        .StartAsync(context => watch(moment => context.UpdateTarget(Page().Build(moment, title, notes()))));

    private LivePage Page() => new(console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode);
}
