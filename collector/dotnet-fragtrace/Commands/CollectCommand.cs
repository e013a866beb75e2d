using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>collect</c>: records a .nettrace of a running process or of a command it launches.</summary>
internal sealed class CollectCommand
{
    private readonly CollectTarget _target = new();
    private readonly CollectLimits _limits = new();
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The recording; <name>_<date>_<time>.nettrace when absent. Where it is standard output, standard error says how it went.",
        HelpName = "file",
    };

    private readonly Option<bool> _stopOnEndOfInput = new("--stop-on-end-of-input")
    {
        Description = "Stop as well when standard input ends, for a program that starts this one and may itself be ended.",
    };

    private readonly Option<bool> _json = JsonOption.Create();
    private readonly ToolConsole _console;

    private CollectCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        CollectCommand verb = new(console);
        Command command = new("collect", "Record a .NET process into a .nettrace file. Enter or Ctrl+C stops.");
        verb._target.AddTo(command);
        verb._limits.AddTo(command);
        command.Add(verb._output);
        command.Add(verb._stopOnEndOfInput);
        command.Add(verb._json);
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using StopSignals signals = new();
        if (parsed.GetValue(_stopOnEndOfInput))
            signals.AskAtEndOfInput();
        _target.Check(parsed);
        string file = parsed.GetValue(_output) ?? _target.DefaultFile(parsed);
        RecordingOptions options = _limits.OptionsOf(parsed, file);
        OutputFile.RequireWritable(file);

        bool asJson = parsed.GetValue(_json);
        TraceSession session = await SessionErrors
            .OpenAsync(() => _target.OpenAsync(parsed, options, asJson, _console, signals.Stop)).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (options.WantsLossless && !session.IsLossless)
                _console.Note("This runtime is older than .NET 11 and cannot wait for a full buffer: events may be lost, and are counted.");
            _console.Note($"Recording process {session.ProcessId} into {file}; Enter or Ctrl+C stops.");
            Recording recording = await RecordingProgress.FollowAsync(session, signals, _console).ConfigureAwait(false);
            Print(recording, asJson);
            return recording.TargetExitCode ?? (int)ExitCode.Ok;
        }
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
        TextWriter summary = OutputFile.IsStandardOutput(recording.File) ? _console.Error : _console.Out;
        if (asJson)
        {
            summary.WriteLine(JsonSerializer.Serialize(result, ReportJson.Default.CollectResult));
            return;
        }

        summary.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.File}: {result.Bytes / 1e6:0.0} MB, {result.Events:#,0} events, {result.EventsLost:#,0} lost ({result.End})."));
    }
}
