using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>validate</c>: says of each finding of a build whether a run confirms it.</summary>
internal sealed class ValidateCommand
{
    private readonly Argument<string> _run = new("run")
    {
        Description = "A .nettrace recording, best of --profile run or full, or a result that 'run --json' printed.",
    };

    private readonly Option<string[]> _findings = new("--findings")
    {
        Description = "SARIF 2.1 file of a build with the rules. Repeat for more.",
        HelpName = "sarif",
        Required = true,
    };

    private readonly ResultOutput _output = new(ValidationForms.All);
    private readonly JudgeLimitOptions _limits = new();
    private readonly SymbolsOption _symbols = new();
    private readonly ToolConsole _console;

    private ValidateCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        ValidateCommand verb = new(console);
        Command command = new("validate", "Say of each finding of a build whether a recorded run confirms it.")
        {
            verb._run, verb._findings,
        };
        verb._output.AddTo(command);
        verb._limits.AddTo(command);
        verb._symbols.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string run = parsed.GetRequiredValue(_run);
        string[] files = parsed.GetRequiredValue(_findings);
        _output.Prepare(parsed, [run, .. files]);
        ReadingOptions reading = _symbols.Read(parsed);
        JudgeLimits limits = _limits.Read(parsed);

        SarifLog[] logs = [.. files.Select(SarifLog.Read)];
        IReadOnlyList<Finding> findings = SarifFile.Distinct(logs);
        ValidationReport report = InputKinds.ForReport(run) is RecordingInput
            ? ValidationBuilder.Build(RecordingInput.Read(run, reading), findings, run, limits)
            : ValidationBuilder.Build(new ResultInput().ReadReport(run, reading), findings, limits);
        _output.Write(parsed, ValidationForms.Of(report, logs), _console, [run, .. files]);
        return (int)ExitCode.Ok;
    }
}
