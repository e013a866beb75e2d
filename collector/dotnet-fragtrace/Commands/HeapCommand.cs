using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Snapshots;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>heap</c>: maps every live object and every hole of a process, or of a recording that holds a snapshot.</summary>
internal sealed class HeapCommand
{
    private const int MostBufferMegabytes = 16_384;

    private readonly Argument<string?> _file = new("file")
    {
        Description = "A .nettrace recording that holds a snapshot, instead of a process.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ProcessChoice _process = new();
    private readonly Option<double> _timeout = new("--timeout", "-t")
    {
        Description = "Give up after this many seconds in which the process sends nothing; its GC is such a time.",
        DefaultValueFactory = _ => 30,
        HelpName = "seconds",
        CustomParser = NumberText.Real,
    };

    private readonly Option<int> _maxNodes = new("--max-nodes")
    {
        Description = "Refuse a heap of more objects; each takes about 150 bytes of memory here.",
        DefaultValueFactory = _ => new SnapshotLimits().MaxObjects,
        HelpName = "objects",
        CustomParser = NumberText.Whole,
    };

    private readonly Option<int> _bufferSize = new("--buffersize")
    {
        Description = "Event buffer in MB; it counts as the target's memory, as far as it is filled: about 60 bytes for each object.",
        DefaultValueFactory = _ => new SnapshotOptions().BufferMegabytes,
        HelpName = "MB",
        CustomParser = NumberText.Whole,
    };

    private readonly HeapOutput _output = new();
    private readonly ToolConsole _console;

    private HeapCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        HeapCommand verb = new(console);
        Command command = new(
            "heap", "Map every live object and hole of a GC heap, and the caches in it. Forces a full GC and holds the process still meanwhile.")
        {
            verb._file,
        };
        verb._process.AddTo(command);
        command.Add(verb._timeout);
        command.Add(verb._maxNodes);
        command.Add(verb._bufferSize);
        verb._output.AddTo(command);
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using StopSignals signals = new();
        string? file = parsed.GetValue(_file);
        int? process = _process.Of(parsed);
        if (file is null == process is null)
        {
            throw new FragTraceException(
                file is null ? "Name a target: --process-id, --name, or a recording." : "Name a process or a recording, not both.",
                ExitCode.Arguments);
        }

        SnapshotLimits limits = new() { MaxObjects = Positive(parsed, _maxNodes, int.MaxValue / 8) };
        _output.Prepare(parsed, keepsRecording: process is not null, file ?? "");
        ObjectSnapshot snapshot = file is null
            ? await TakeAsync(parsed, process!.Value, limits, signals).ConfigureAwait(false)
            : Read(file, limits, signals.Stop);
        _output.Write(parsed, snapshot, file, _console);
        return (int)ExitCode.Ok;
    }

    private async Task<ObjectSnapshot> TakeAsync(ParseResult parsed, int processId, SnapshotLimits limits, StopSignals signals)
    {
        double seconds = parsed.GetValue(_timeout);
        if (seconds is not (> 0 and <= 86_400))
            throw new FragTraceException("--timeout takes more than 0 seconds and at most 86400.", ExitCode.Arguments);
        SnapshotOptions options = new()
        {
            Limits = limits,
            Patience = TimeSpan.FromSeconds(seconds),
            BufferMegabytes = Positive(parsed, _bufferSize, MostBufferMegabytes),
            OutputFile = _output.RecordingOf(parsed),
        };
        _console.Note(await ForcedGcNote.OfAsync(
            processId,
            $"This forces a blocking full GC: process {processId} stands still until the runtime has listed all its live objects.")
            .ConfigureAwait(false));
        try
        {
            return await SessionErrors.TakeAsync(() => SnapshotSession.TakeAsync(processId, options, Show, signals.Stop))
                .ConfigureAwait(false);
        }
        finally
        {
            _console.ClearProgress();
        }
    }

    private void Show(SnapshotProgress progress) => _console.Progress(FormattableString.Invariant(
        $"{(progress.IsReceived ? "Drawing the map" : "Receiving")}: {progress.ReceivedBytes / 1e6:0.0} MB, {progress.Objects:#,0} objects"));

    private static ObjectSnapshot Read(string file, SnapshotLimits limits, CancellationToken stop)
    {
        InputFile.Require(file);
        try
        {
            return SnapshotReader.Read(file, limits, stop);
        }
        catch (Exception exception) when (exception is RecordingFormatException or SnapshotException)
        {
            throw new FragTraceException($"{file}: {exception.Message}", ExitCode.Arguments, exception);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", file, exception);
        }
    }

    private static int Positive(ParseResult parsed, Option<int> option, int most)
    {
        int value = parsed.GetValue(option);
        return value >= 1 && value <= most
            ? value
            : throw new FragTraceException(FormattableString.Invariant($"{option.Name} is from 1 to {most}."), ExitCode.Arguments);
    }
}
