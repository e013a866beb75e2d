using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary>Form and place of a verb's result.</summary>
/// <param name="forms">Every form by name and file extension.</param>
/// <param name="isPrivate">Whether its files are for their owner only, for it tells of another process.</param>
internal sealed class ResultOutput(IEnumerable<(string Name, string Extension)> forms, bool isPrivate = false)
{
    private readonly FormOptions _form = new(forms);

    public void AddTo(Command command) => _form.AddTo(command);

    /// <summary>Complains of what cannot be written before the long work; leaves no file.</summary>
    /// <exception cref="FragTraceException">No such form, two of them, no place for it, or one of <paramref name="inputs"/>.</exception>
    public void Prepare(ParseResult parsed, params ReadOnlySpan<string> inputs)
    {
        _ = _form.NameOf(parsed);
        if (_form.FileOf(parsed) is { } path)
            OutputFile.RequireWritable(path, inputs);
    }

    /// <summary>Null when standard output takes it.</summary>
    public string? FileOf(ParseResult parsed) => _form.FileOf(parsed);

    /// <summary>Name of the form.</summary>
    public string NameOf(ParseResult parsed) => _form.NameOf(parsed);

    /// <summary>Whether the result is text for standard output: what is said before it may stand there too.</summary>
    public bool IsTextOnStandardOutput(ParseResult parsed) => _form.FileOf(parsed) is null && _form.NameOf(parsed) is "text";

    /// <summary>Writes the result where the command line says.</summary>
    /// <param name="inputs">Files that were read; none of them is written over.</param>
    public void Write<T>(ParseResult parsed, ResultForms<T> result, ToolConsole console, params ReadOnlySpan<string> inputs)
    {
        string form = _form.NameOf(parsed);
        if (_form.FileOf(parsed) is not { } path)
        {
            PrintedResult.Print(result, form, console);
            return;
        }

        // The file is made last, so that there is none of a result that cannot be shown in this form.
        byte[] whole = result.ToBytes(form);
        using Stream file = isPrivate ? OutputFile.CreatePrivate(path) : OutputFile.CreateBinary(path, inputs);
        file.Write(whole);
    }
}
