using System.Collections.Generic;
using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Gates;
using FragGuard.FragTrace.Gates.Baselines;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>gate</c>: holds runs against limits, a baseline or other runs; its exit code is the answer.</summary>
internal sealed class GateCommand
{
    private readonly Argument<string[]> _files = new("file")
    {
        Description = "Recordings (.nettrace) or results of --json; several of one program count as runs of it.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly GateOptions _options = new();
    private readonly ResultOutput _output = new(GateForms.All);
    private readonly SymbolsOption _symbols = new();
    private readonly ToolConsole _console;

    private GateCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        GateCommand verb = new(console);
        Command command = new(
            "gate",
            "Judge runs for CI: limits, a baseline, runs of before, new findings. Exit code 0 passed, 10 failed, 11 refused to judge.")
        {
            verb._files,
        };
        verb._options.AddTo(command);
        verb._output.AddTo(command);
        verb._symbols.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (_options.IsListing(parsed))
        {
            if (_output.NameOf(parsed) is GateForms.GitHub)
                throw new FragTraceException("--list has nothing to annotate; --format github is for what is judged.", ExitCode.Arguments);
            _output.Write(parsed, GateForms.Of(MetricListing.OfCatalogue()), _console);
            return (int)ExitCode.Ok;
        }

        string[] files = parsed.GetValue(_files) ?? [];
        _output.Prepare(parsed, _options.InputsOf(parsed, files));
        if (_options.BaselineToWrite(parsed) is { } baseline && _output.FileOf(parsed) is { } file && OutputFile.IsSame(baseline, file))
            throw new FragTraceException($"--write-baseline and --output both name {file}.", ExitCode.Arguments);
        GateRequest request = _options.Request(parsed, files, _symbols.Read(parsed));
        IReadOnlyList<string>? written = _options.BaselineToWrite(parsed) is null ? null : GateKeys.Of(request.Keys, request.Runs);
        GateReport report = GateJudge.Judge(request, written);
        if (written is not null)
            WriteBaseline(_options.BaselineToWrite(parsed)!, request, written, report);
        _output.Write(parsed, GateForms.Of(report), _console);
        return (int)(report.Verdict switch
        {
            GateVerdicts.Refused => ExitCode.GateRefused,
            GateVerdicts.Failed => ExitCode.GateFailed,
            _ => ExitCode.Ok,
        });
    }

    /// <summary>What is refused makes no baseline; what fails may, for a baseline says what is.</summary>
    private void WriteBaseline(string path, GateRequest request, IReadOnlyList<string> keys, GateReport report)
    {
        if (report.Verdict is GateVerdicts.Refused)
        {
            _console.Note($"{path} is not written: the runs were refused.");
            return;
        }

        BaselineFile.Write(path, BaselineMaker.Of(request.Runs, keys, request.Tolerated));
    }
}
