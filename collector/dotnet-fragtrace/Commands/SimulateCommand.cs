using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Exports;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Simulation;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>simulate</c>: plays a recording, a text workload or an mtrace log through allocator models.</summary>
internal sealed class SimulateCommand
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A text workload, a log of glibc's mtrace, or a .nettrace recording.",
    };

    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "Allocator model; repeat to compare several. 'models' lists them.",
        HelpName = "name",
        Required = true,
    };

    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "A model's setting, such as zone=40k; repeat for more.",
        HelpName = "key=value",
    };

    private readonly Option<string?> _placements = new("--placements")
    {
        Description = $"Write where each block was placed, as CSV: {PlacementExport.Header}.",
        HelpName = "file",
    };

    private readonly Option<string?> _answers = new("--answers")
    {
        Description = $"Write the answer to each operation, as CSV: {AnswerExport.Header}.",
        HelpName = "file",
    };

    private readonly Option<bool> _advise = new("--advise")
    {
        Description = "Also try every remedy for fragmentation on each model and rank them by effect.",
    };

    private readonly SymbolsOption _symbols = new();
    private readonly ResultOutput _output = new(ResultForms.All);
    private readonly ToolConsole _console;

    private SimulateCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        SimulateCommand verb = new(console);
        Command command = new("simulate", "Play a trace through allocator models: what would this allocator make of it?")
        {
            verb._file, verb._models, verb._settings, verb._placements, verb._answers, verb._advise,
        };
        verb._output.AddTo(command);
        verb._symbols.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        ModelChoice choice = ModelChoice.Parse(parsed.GetRequiredValue(_models), parsed.GetValue(_settings) ?? []);
        string? placements = parsed.GetValue(_placements);
        string? answers = parsed.GetValue(_answers);
        if (choice.Models.Count > 1 && (placements ?? answers) is not null)
            throw new FragTraceException("--placements and --answers go with one --model.", ExitCode.Arguments);

        RequireApart(("--placements", placements), ("--answers", answers), ("--output", _output.FileOf(parsed)));
        _output.Prepare(parsed, file, placements ?? "", answers ?? "");
        OpenedTrace opened = InputKinds.ForTrace(file).OpenTrace(file, _symbols.Read(parsed) with
        {
            PredictsGcs = choice.Models.Any(static model => GcForecastReport.IsOf(model.Info.Name)),
        });
        AllocationTrace trace = opened.Trace;
        if (parsed.GetValue(_advise) && trace.IsReadOnce)
        {
            throw new FragTraceException(
                $"{file} can be read only once, and --advise reads a trace again; write it to a file first.", ExitCode.Arguments);
        }

        using TextWriter? placed = placements is null ? null : OutputFile.Create(placements, file);
        using TextWriter? answered = answers is null ? null : OutputFile.Create(answers, file, placements ?? "");
        SimulationProgress progress = new(_console);
        List<SimulationReport> results;
        try
        {
            // Who asks where each block went has one model, and needs the name of each block when it is placed.
            results = placed is null && answered is null
                ? SimulateTogether.Run(opened, choice.Models, progress.Show)
                : [SimulationReports.Run(opened, choice.Models[0], Exports(trace, placed, answered) + progress.Observe)];
            if (parsed.GetValue(_advise) && results[0].Operations > 0)
                results = [.. results.Zip(choice.Models, (result, chosen) => result with { Advice = Advise(trace, chosen) })];
        }
        catch (Exception exception) when (exception is WorkloadFormatException or TraceException)
        {
            throw new FragTraceException($"{file}: {exception.Message}", ExitCode.Arguments, exception);
        }

        // What the files could not take is an error before the result is printed, not after.
        placed?.Flush();
        answered?.Flush();
        _console.ClearProgress();
        Write(parsed, results, file, placements ?? "", answers ?? "");
        return (int)ExitCode.Ok;
    }

    /// <exception cref="FragTraceException">Two of the outputs are one file.</exception>
    private static void RequireApart(params ReadOnlySpan<(string Option, string? File)> outputs)
    {
        for (int i = 1; i < outputs.Length; i++)
        {
            foreach ((string option, string? file) in outputs[..i])
            {
                if (file is not null && outputs[i].File is { } other && OutputFile.IsSame(file, other))
                    throw new FragTraceException($"{option} and {outputs[i].Option} both name {other}.", ExitCode.Arguments);
            }
        }
    }

    private TraceAdvice Advise(AllocationTrace trace, ChosenModel chosen) => TraceAdvisor.Advise(
        trace, chosen.Info.Name, chosen.Settings, remedy => _console.Progress($"{chosen.Info.Name}: trying {remedy}"));

    private static Simulator.Observer? Exports(AllocationTrace trace, TextWriter? placed, TextWriter? answered)
    {
        Simulator.Observer? observer = null;
        if (placed is not null)
            observer += new PlacementExport(trace, placed).Observe;
        if (answered is not null)
            observer += new AnswerExport(answered).Observe;
        return observer;
    }

    private void Write(ParseResult parsed, List<SimulationReport> results, params ReadOnlySpan<string> inputs)
    {
        if (results.Count == 1)
        {
            _output.Write(
                parsed, new ResultForms<SimulationReport>(results[0], ReportJson.Default.SimulationReport, () => SimulationPage.Of(results[0])), _console, inputs);
            return;
        }

        SimulationComparison comparison = new(results);
        _output.Write(
            parsed, new ResultForms<SimulationComparison>(comparison, ReportJson.Default.SimulationComparison, () => SimulationPage.Of(comparison)), _console, inputs);
    }
}
