using System;
using System.CommandLine;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>report</c>: renders a result or a recording.</summary>
internal sealed class ReportCommand
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A result that 'run --json' printed, or a .nettrace recording.",
    };

    private readonly Option<string?> _before = new("--before")
    {
        Description = "An earlier result or recording, to be shown beside this one.",
        HelpName = "file",
    };

    private readonly ResultOutput _output = new(RunForms.All);
    private readonly SymbolsOption _symbols = new();
    private readonly ToolConsole _console;

    private ReportCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        ReportCommand verb = new(console);
        Command command = new("report", "Render a result or a recording as a page for people, a picture, or JSON.")
        {
            verb._file, verb._before,
        };
        verb._output.AddTo(command);
        verb._symbols.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        string? before = parsed.GetValue(_before);
        _output.Prepare(parsed, file, before ?? "");
        if (before is not null)
            RequirePage(before, _output.NameOf(parsed));
        RunReport report = Read(parsed, file);
        if (before is not null)
        {
            RunComparison comparison = RunComparisonBuilder.Build(Read(parsed, before), report);
            _output.Write(
                parsed, new ResultForms<RunComparison>(comparison, ReportJson.Default.RunComparison, () => RunComparisonPage.Of(comparison)), _console, file, before);
            return (int)ExitCode.Ok;
        }

        _output.Write(parsed, RunForms.Of(report), _console, file);
        return (int)ExitCode.Ok;
    }

    private static void RequirePage(string before, string form)
    {
        if (!ResultForms.All.Any(known => string.Equals(known.Name, form, StringComparison.Ordinal)))
            throw new FragTraceException($"--before shows two runs side by side, and {form} holds one.", ExitCode.Arguments);
        InputFile.Require(before);
    }

    private RunReport Read(ParseResult parsed, string file) => InputKinds.ForReport(file).ReadReport(file, _symbols.Read(parsed));
}
