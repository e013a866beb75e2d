using System;
using System.IO;
using FragGuard.FragTrace.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>
/// Tables and lines on a writer: as wide and colourful as its terminal, or plain and
/// <see cref="PlainColumns"/> wide where it is none.
/// </summary>
internal sealed class TextCanvas
{
    private const int PlainColumns = 120;

    private readonly IAnsiConsole _console;

    public TextCanvas(TextWriter output)
    {
        var terminal = output as TerminalWriter;
        bool hasColors = terminal is not null && terminal.Colors != ColorSystem.NoColors;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = hasColors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColors ? Enum.Parse<ColorSystemSupport>(terminal!.Colors.ToString()) : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        _console.Profile.Width = terminal?.Columns ?? PlainColumns;
        _console.Profile.Capabilities.Unicode = output.Encoding.CodePage is 65001 or 1200;
    }

    public int Columns => _console.Profile.Width;

    public static IRenderable Cell(string text, Style? style = null) => new Text(Printable.Line(text), style);

    public void Heading(string text)
    {
        _console.WriteLine();
        _console.Write(Cell(text, new Style(decoration: Decoration.Bold)));
        _console.WriteLine();
    }

    public void Line(string text, Style? style = null)
    {
        _console.Write(Cell(text, style));
        _console.WriteLine();
    }

    public void Table(TextTable table) => _console.Write(table.ToRenderable());
}
