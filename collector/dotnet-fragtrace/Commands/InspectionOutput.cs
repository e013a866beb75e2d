using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary>How an inspection's result is told its form and place: <c>--format</c>, <c>--json</c> and <c>-o</c>.</summary>
internal sealed class InspectionOutput
{
    private readonly Option<string?> _format = new("--format")
    {
        Description = $"Form of the result: {PageFormats.Names}. The output file's extension decides when absent.",
        HelpName = "name",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "File to write the result to, for its owner only; standard output when absent.",
        HelpName = "file",
    };

    private readonly Option<bool> _json = JsonOption.Create();

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_output);
        command.Add(_json);
    }

    /// <summary>Complains of what cannot be written before the target is looked at.</summary>
    /// <exception cref="FragTraceException">No such format, two of them, or no place for it.</exception>
    public void Prepare(ParseResult parsed)
    {
        _ = FormatOf(parsed);
        if (parsed.GetValue(_output) is { } path)
            OutputFile.RequireWritable(path);
    }

    /// <summary>Writes the result where the command line says.</summary>
    /// <param name="report">What JSON takes.</param>
    /// <param name="json">How to write it as JSON.</param>
    /// <param name="page">What all other forms take.</param>
    public void Write<T>(ParseResult parsed, T report, JsonTypeInfo<T> json, Func<ReportPage> page, ToolConsole console)
    {
        PageFormat? format = FormatOf(parsed);
        string? path = parsed.GetValue(_output);
        if (format is { IsBinary: true })
        {
            using Stream bytes = path is null ? Console.OpenStandardOutput() : OutputFile.CreatePrivateBytes(path);
            format.WriteBytes!(page(), bytes);
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

    /// <summary>Whether the result is text for standard output: what is said before it may stand there too.</summary>
    public bool IsTextOnStandardOutput(ParseResult parsed) =>
        parsed.GetValue(_output) is null && FormatOf(parsed) is { Name: "text" };

    /// <summary>Null for JSON.</summary>
    private PageFormat? FormatOf(ParseResult parsed)
    {
        string? named = parsed.GetValue(_format);
        if (parsed.GetValue(_json))
        {
            if (named is not (null or "json"))
                throw new FragTraceException($"--json and --format {named} exclude each other.", ExitCode.Arguments);
            return null;
        }

        if (named is "json")
            return null;
        if (named is not null)
            return PageFormats.ByName(named);
        string extension = Path.GetExtension(parsed.GetValue(_output) ?? "");
        if (string.Equals(extension, ".json", StringComparison.OrdinalIgnoreCase))
            return null;
        return PageFormats.All.FirstOrDefault(format => string.Equals(format.Extension, extension, StringComparison.OrdinalIgnoreCase))
            ?? PageFormats.ByName("text");
    }
}
