using System;
using System.IO;
using System.Text;
using Spectre.Console;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>
/// Where the tool speaks: results on <see cref="Out"/>; progress, notes and errors on <see cref="Error"/>, so that a
/// result can be piped while its notes are still read.
/// </summary>
/// <param name="output">Takes the result.</param>
/// <param name="error">Takes everything else.</param>
/// <param name="progressColumns">
/// Columns of a line of <paramref name="error"/> that is rewritten in place; 0 when nobody watches it.
/// </param>
public sealed class ToolConsole(TextWriter output, TextWriter error, int progressColumns = 0) : IDisposable
{
    private int _progressLength;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>The console of this process.</summary>
    public static ToolConsole OfProcess()
    {
        OutputStream stream = OutputStream.OfConsole();
        TextWriter output = Console.IsOutputRedirected
            ? new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16)
            : TerminalWriter.On(stream, AnsiConsole.Profile);
        StreamWriter notes = new(new NoteStream(Console.OpenStandardError()), TerminalWriter.ConsoleEncoding) { AutoFlush = true };
        return new ToolConsole(
            output, TextWriter.Synchronized(notes), Console.IsErrorRedirected ? 0 : AnsiConsole.Profile.Width);
    }

    /// <summary>Says one thing that is neither result nor error.</summary>
    public void Note(string text)
    {
        ClearProgress();
        Error.WriteLine(Printable.Line(text));
    }

    /// <summary>Shows how far a long job is, in place of what this method showed before.</summary>
    public void Progress(string text)
    {
        if (progressColumns == 0)
            return;

        // One column stays free: a full line would wrap, and the next one could not take its place.
        string line = Printable.Line(text);
        if (line.Length >= progressColumns)
            line = line[..(progressColumns - 1)];
        Error.Write('\r' + line.PadRight(_progressLength));
        Error.Flush();
        _progressLength = line.Length;
    }

    /// <summary>Takes the progress line away.</summary>
    public void ClearProgress()
    {
        if (_progressLength == 0)
            return;
        Error.Write('\r' + new string(' ', _progressLength) + '\r');
        _progressLength = 0;
    }

    /// <summary>Says what went wrong, as the one line of an error.</summary>
    internal void Complain(string message)
    {
        ClearProgress();
        Error.WriteLine("[ERROR] " + Printable.Line(message));
        Error.Flush();
    }

    /// <summary>Flushes what is left. What a full device cannot take was already complained of.</summary>
    public void Dispose()
    {
        try
        {
            Out.Dispose();
        }
        catch (FragTraceException)
        {
            Error.Flush();
        }
    }
}
