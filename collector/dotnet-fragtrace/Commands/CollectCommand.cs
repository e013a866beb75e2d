using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>collect</c>: records a .nettrace of a running process or of a command it launches.</summary>
internal sealed class CollectCommand
{
    private readonly Option<int?> _processId = new("--process-id", "-p") { Description = "Process to attach to.", HelpName = "pid" };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "Name of the process to attach to.", HelpName = "name" };
    private readonly Argument<string[]> _command = new("command")
    {
        Description = "After --: a command to launch and record from its first event on.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _profile = new("--profile")
    {
        Description = $"What to record: {ProfileNames}.",
        DefaultValueFactory = _ => TraceProfile.Run.Name,
        HelpName = "name",
    };

    private readonly Option<TimeSpan?> _duration = DurationOption.Create();
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The recording; <name>_<date>_<time>.nettrace when absent.",
        HelpName = "file",
    };

    private readonly Option<int> _bufferSize = new("--buffersize")
    {
        Description = "Event buffer in MB; it counts as the target's memory.",
        DefaultValueFactory = _ => 256,
        HelpName = "MB",
    };

    private readonly Option<string?> _maxSize = new("--max-size")
    {
        Description = "Stop cleanly once the recording is this large, such as 500m.",
        HelpName = "bytes",
    };

    private readonly Option<bool> _showChildIo = new("--show-child-io") { Description = "Let a launched command write to this console." };
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly ToolConsole _console;

    private CollectCommand(ToolConsole console) => _console = console;

    private static string ProfileNames => string.Join(", ", TraceProfile.All.Select(profile => profile.Name));

    public static Command Create(ToolConsole console)
    {
        CollectCommand verb = new(console);
        Command command = new("collect", "Record a .NET process into a .nettrace file. Enter or Ctrl+C stops.")
        {
            verb._command, verb._processId, verb._name, verb._profile, verb._duration, verb._output, verb._bufferSize,
            verb._maxSize, verb._showChildIo, verb._json,
        };
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using StopSignals signals = new();
        string[] command = parsed.GetValue(_command) ?? [];
        RequireOneTarget(parsed, command);
        int? attachTo = command.Length > 0 ? null : ProcessIdOf(parsed);
        string file = parsed.GetValue(_output) ?? DefaultFile(command, attachTo);
        RecordingOptions options = OptionsOf(parsed, file);
        OutputFile.RequireWritable(file);

        TraceSession session = await SessionErrors.OpenAsync(() => attachTo is { } pid
            ? TraceSession.AttachAsync(pid, options, signals.Stop)
            : TraceSession.LaunchAsync(Launch(parsed, command), options, signals.Stop)).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            _console.Note($"Recording process {session.ProcessId} into {file}; Enter or Ctrl+C stops.");
            Recording recording = await RecordingProgress.FollowAsync(session, signals, _console).ConfigureAwait(false);
            Print(recording, parsed.GetValue(_json));
            return recording.TargetExitCode ?? (int)ExitCode.Ok;
        }
    }

    private void RequireOneTarget(ParseResult parsed, string[] command)
    {
        int targets = (parsed.GetValue(_processId) is null ? 0 : 1) + (parsed.GetValue(_name) is null ? 0 : 1)
            + (command.Length == 0 ? 0 : 1);
        if (targets == 0)
            throw new FragTraceException("Name a target: --process-id, --name, or -- and a command.", ExitCode.Arguments);
        if (targets > 1)
            throw new FragTraceException("Only one of --process-id, --name and -- <command> may be given.", ExitCode.Arguments);
    }

    private int ProcessIdOf(ParseResult parsed)
    {
        if (parsed.GetValue(_processId) is { } pid)
            return pid > 0 ? pid : throw new FragTraceException($"{pid} is not a process id.", ExitCode.Arguments);
        string name = parsed.GetValue(_name)!;
        IReadOnlyList<TraceableProcess> found = ProcessList.ByName(name);
        return found.Count switch
        {
            1 => found[0].ProcessId,
            0 => throw new FragTraceException($"There is no .NET process named '{name}'.", ExitCode.Session),
            _ => throw new FragTraceException(
                $"{found.Count} .NET processes are named '{name}': {string.Join(", ", found.Select(one => one.ProcessId))}; "
                + "choose one with --process-id.",
                ExitCode.Session),
        };
    }

    private LaunchCommand Launch(ParseResult parsed, string[] command) => new(command[0], command[1..])
    {
        Output = parsed.GetValue(_showChildIo) && !parsed.GetValue(_json) ? ChildOutput.Inherit : ChildOutput.Discard,
    };

    private RecordingOptions OptionsOf(ParseResult parsed, string file)
    {
        int bufferMegabytes = parsed.GetValue(_bufferSize);
        if (bufferMegabytes is < 1 or > 4_096)
            throw new FragTraceException("--buffersize is from 1 to 4096 MB.", ExitCode.Arguments);
        return new RecordingOptions(file, ProfileOf(parsed))
        {
            BufferMegabytes = bufferMegabytes,
            MaxBytes = MaxBytesOf(parsed),
            MaxDuration = parsed.GetValue(_duration),
        };
    }

    private TraceProfile ProfileOf(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(_profile);
        return TraceProfile.All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
            ?? throw new FragTraceException($"There is no profile '{name}'; known: {ProfileNames}.", ExitCode.Arguments);
    }

    private long? MaxBytesOf(ParseResult parsed)
    {
        if (parsed.GetValue(_maxSize) is not { } text)
            return null;
        return ByteCounts.TryParse(text, out long bytes) && bytes > 0
            ? bytes
            : throw new FragTraceException($"--max-size {text} is not a byte count such as 500m.", ExitCode.Arguments);
    }

    private static string DefaultFile(string[] command, int? processId)
    {
        string name = processId is { } pid
            ? $"process-{pid.ToString(CultureInfo.InvariantCulture)}"
            : Path.GetFileNameWithoutExtension(command[0]);
        return name + DateTime.Now.ToString("'_'yyyyMMdd'_'HHmmss", CultureInfo.InvariantCulture) + ".nettrace";
    }

    private void Print(Recording recording, bool asJson)
    {
        CollectResult result = new(
            CollectResult.CurrentSchema,
            recording.File,
            recording.Figures.RecordedBytes,
            recording.Figures.Events,
            recording.Figures.EventsLost,
            recording.Figures.Elapsed.TotalMilliseconds,
            recording.End.ToString(),
            recording.TargetExitCode);
        if (asJson)
        {
            _console.Out.WriteLine(JsonSerializer.Serialize(result, ReportJson.Default.CollectResult));
            return;
        }

        _console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.File}: {result.Bytes / 1e6:0.0} MB, {result.Events:#,0} events, {result.EventsLost:#,0} lost ({result.End})."));
    }
}
