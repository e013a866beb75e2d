using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>run</c>, the main job: build with the rules, launch under trace, simulate, judge, report.</summary>
internal sealed class RunCommand
{
    private readonly Argument<string> _program = new("program")
    {
        Description = "A C# project, a folder with one, or a built assembly (.dll).",
    };

    private readonly Argument<string[]> _arguments = new("args")
    {
        Description = "Arguments of the program, after --.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _configuration = new("--configuration", "-c")
    {
        Description = "Build configuration.",
        DefaultValueFactory = _ => "Release",
    };

    private readonly Option<string?> _framework = new("--framework", "-f")
    {
        Description = "Target framework, when the project has several.",
        HelpName = "tfm",
    };

    private readonly Option<string[]> _findings = new("--findings")
    {
        Description = "SARIF file of an earlier build with the rules, for a built assembly.",
        HelpName = "sarif",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The report, in the form its extension says, HTML if none; <name>_<date>_<time>.html when absent. "
            + "The recording stands beside it.",
        HelpName = "file",
    };

    private readonly Option<TimeSpan?> _duration = DurationOption.Create();
    private readonly Option<bool> _showChildIo = new("--show-child-io")
    {
        Description = "Let the program write to this console.",
    };

    private readonly SymbolsOption _symbols = new();
    private readonly JudgeLimitOptions _limits = new();
    private readonly PrintedForm _printed = new(
        RunForms.All.Select(form => form.Name), "That of standard output, text when absent; --output's extension decides for the file.");

    private readonly ToolConsole _console;

    private RunCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        RunCommand verb = new(console);
        Command command = new(
            "run",
            "Build a program with the rules, run it under trace and say of each finding whether the run confirms it.")
        {
            verb._program, verb._arguments, verb._configuration, verb._framework, verb._findings, verb._output,
            verb._duration, verb._showChildIo,
        };
        verb._printed.AddTo(command);
        verb._symbols.AddTo(command);
        verb._limits.AddTo(command);
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string printed = _printed.NameOf(parsed) ?? "text";
        using StopSignals signals = new();
        ProgramSource source = ProgramSource.Find(parsed.GetRequiredValue(_program));
        RunFiles files = RunFiles.Of(source, parsed.GetValue(_output));
        ReadingOptions reading = _symbols.Read(parsed) with
        {
            // The program inherits our environment.
            PoolSettings = SharedPoolSettings.From(Environment.GetEnvironmentVariable),
        };
        foreach (string sarif in parsed.GetValue(_findings) ?? [])
            InputFile.Require(sarif);

        (BuiltProgram program, IReadOnlyList<Finding> findings) =
            await BuildAsync(parsed, source, signals.Stop).ConfigureAwait(false);
        string count = findings.Count == 1 ? "1 finding" : $"{findings.Count} findings";
        _console.Note($"{program.Name}: {count}; running it under trace.");
        (Recording recording, string output) =
            await RecordAsync(parsed, program, files.Recording, signals).ConfigureAwait(false);

        _console.Progress($"Reading {recording.File} and simulating what it holds");
        RecordedRun run = RecordingInput.Read(recording.File, reading, signals.Abort);
        RunReport report = RunReportBuilder.Build(
            run, findings, recording.File, program.Name, recording.TargetExitCode, _limits.Read(parsed));
        _console.ClearProgress();
        await WriteAsync(report, files, printed).ConfigureAwait(false);
        return ExitCodeOf(recording, program, output);
    }

    private async Task WriteAsync(RunReport report, RunFiles files, string printed)
    {
        ResultForms<RunReport> result = RunForms.Of(report);
        byte[] page = result.ToBytes(ResultForms.OfFile(files.Page, RunForms.All) ?? "html");
        try
        {
            await WriteAsync(files.Page, page).ConfigureAwait(false);
            try
            {
                PrintedResult.Print(result, printed, _console);
                await _console.Out.FlushAsync().ConfigureAwait(false);
            }
            finally
            {
                _console.Note($"Report: {files.Page}");
            }
        }
        finally
        {
            _console.Note($"Recording: {files.Recording}");
        }
    }

    private static async Task WriteAsync(string path, byte[] bytes)
    {
        Stream file = OutputFile.CreateBinary(path);
        await using (file.ConfigureAwait(false))
            await file.WriteAsync(bytes).ConfigureAwait(false);
    }

    private async Task<(BuiltProgram Program, IReadOnlyList<Finding> Findings)> BuildAsync(
        ParseResult parsed, ProgramSource source, CancellationToken stop)
    {
        DirectoryInfo directory = CreateTemporary();
        try
        {
            if (source.IsProject)
                _console.Note($"Building {Path.GetFileName(source.Path)} with the FragGuard rules.");
            BuildOptions options = new(
                parsed.GetRequiredValue(_configuration), parsed.GetValue(_framework), directory.FullName);
            BuiltProgram program = await RulesBuild.RunAsync(source, options, stop).ConfigureAwait(false);
            return (program, SarifFile.Read([.. program.SarifPaths, .. parsed.GetValue(_findings) ?? []]));
        }
        catch (OperationCanceledException exception)
        {
            throw new FragTraceException("Stopped before the program ran.", ExitCode.Session, exception);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static DirectoryInfo CreateTemporary()
    {
        try
        {
            return Directory.CreateTempSubdirectory("fragtrace-");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FragTraceException(
                $"The temporary directory {Path.TrimEndingDirectorySeparator(Path.GetTempPath())} cannot be used: {exception.Message.TrimEnd('.')}. TMPDIR names another one.",
                ExitCode.Session, exception);
        }
    }

    /// <summary>The recording, and the end of what the program printed.</summary>
    private async Task<(Recording Recording, string Output)> RecordAsync(
        ParseResult parsed, BuiltProgram program, string recordingFile, StopSignals signals)
    {
        bool inherits = parsed.GetValue(_showChildIo) && _printed.NameOf(parsed) is (null or "text");
        LaunchCommand command = new("dotnet", [program.AssemblyPath, .. parsed.GetValue(_arguments) ?? []])
        {
            Output = inherits ? ChildOutput.Inherit : ChildOutput.Capture,
        };
        RecordingOptions options = new(recordingFile, TraceProfile.Run) { MaxDuration = parsed.GetValue(_duration) };
        TraceSession session = await SessionErrors
            .OpenAsync(() => TraceSession.LaunchAsync(command, options, signals.Stop)).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            Recording recording = await RecordingProgress.FollowAsync(session, signals, _console).ConfigureAwait(false);
            return (recording, session.Target?.Output ?? string.Empty);
        }
    }

    /// <summary>A program's own failure passes through, once it was said.</summary>
    private int ExitCodeOf(Recording recording, BuiltProgram program, string output)
    {
        if (recording.TargetExitCode is null or 0)
            return (int)ExitCode.Ok;
        string words = LastWords.Of(output) is { } said ? $" ({said})" : string.Empty;
        _console.Complain(
            $"{program.Name} ended with exit code {recording.TargetExitCode}{words}; what it did until then is reported.");
        return recording.TargetExitCode.Value;
    }
}
