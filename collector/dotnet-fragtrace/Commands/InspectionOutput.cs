using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary>Form and place of an inspection's result; its files are for their owner only.</summary>
internal sealed class InspectionOutput
{
    private const string Json = "json";

    private readonly FormOptions _form = new(
        PageFormats.All.Select(format => (format.Name, format.Extension)).Append((Json, ".json")));

    public void AddTo(Command command) => _form.AddTo(command);

    /// <summary>Complains of what cannot be written before the target is looked at.</summary>
    /// <exception cref="FragTraceException">No such format, two of them, or no place for it.</exception>
    public void Prepare(ParseResult parsed)
    {
        _ = _form.NameOf(parsed);
        if (_form.FileOf(parsed) is { } path)
            OutputFile.RequireWritable(path);
    }

    /// <summary>Writes the result where the command line says.</summary>
    /// <param name="report">What JSON takes.</param>
    /// <param name="json">How to write it as JSON.</param>
    /// <param name="page">What all other forms take.</param>
    public void Write<T>(ParseResult parsed, T report, JsonTypeInfo<T> json, Func<ReportPage> page, ToolConsole console)
    {
        string name = _form.NameOf(parsed);
        string? path = _form.FileOf(parsed);
        PageFormat? format = name is Json ? null : PageFormats.ByName(name);
        if (format is { WriteBytes: { } writeBytes })
        {
            using Stream bytes = path is null ? Console.OpenStandardOutput() : OutputFile.CreatePrivateBytes(path);
            writeBytes(page(), bytes);
            return;
        }

        using TextWriter? file = path is null ? null : OutputFile.CreatePrivate(path);
        TextWriter output = file ?? console.Out;
        if (format is null)
            output.WriteLine(JsonSerializer.Serialize(report, json));
        else
            format.WriteText!(page(), output);
        output.Flush();
    }
}
