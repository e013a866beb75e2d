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
/// <param name="showsProgress">Whether a person watches <paramref name="error"/> and a line may be rewritten in place.</param>
public sealed class ToolConsole(TextWriter output, TextWriter error, bool showsProgress = false) : IDisposable
{
    private int _progressLength;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public bool ShowsProgress { get; } = showsProgress;

    /// <summary>The console of this process.</summary>
    public static ToolConsole OfProcess()
    {
        OutputStream stream = new(Console.OpenStandardOutput(), "standard output");
        TextWriter output = Console.IsOutputRedirected
            ? new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16)
            : TerminalWriter.On(stream, AnsiConsole.Profile);
        return new ToolConsole(output, Console.Error, !Console.IsErrorRedirected);
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
        if (!ShowsProgress)
            return;
        string line = Printable.Line(text);
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
