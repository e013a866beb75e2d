using System;
using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Live;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>monitor</c>: watches a running process or a command it launches.</summary>
internal sealed class MonitorCommand
{
    private static readonly string[] Profiles = ["heap", "layout", "pools"];
    private static readonly TimeSpan ShortestExport = TimeSpan.FromSeconds(1);

    private readonly CollectTarget _target = new();
    private readonly Option<string> _profile = new("--profile")
    {
        Description = $"What to watch: {string.Join(", ", Profiles)}; list-profiles says more.",
        DefaultValueFactory = _ => "heap",
        HelpName = "name",
    };

    private readonly Option<double> _interval = new("--refresh-interval")
    {
        Description = "Seconds from one look to the next.",
        DefaultValueFactory = _ => 1,
        HelpName = "s",
        CustomParser = NumberText.Real,
    };

    private readonly Option<TimeSpan?> _duration = DurationOption.Create();
    private readonly Option<int> _bufferSize = new("--buffersize")
    {
        Description = "Event buffer in MB; it counts as the target's memory.",
        DefaultValueFactory = _ => 64,
        HelpName = "MB",
        CustomParser = NumberText.Whole,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "A .nettrace file that keeps what is watched; nothing is written when absent.",
        HelpName = "file",
    };

    private readonly Option<string?> _otlp = new("--otlp")
    {
        Description = "OpenTelemetry collector that gets the figures as metrics, such as http://localhost:4318.",
        HelpName = "endpoint",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object per look, each on a line of its own." };
    private readonly ToolConsole _console;

    private MonitorCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        MonitorCommand verb = new(console);
        Command command = new("monitor", "Watch the heap and the pools of a .NET process as it runs. q or Ctrl+C stops.");
        verb._target.AddTo(command);
        foreach (Option option in new Option[]
            { verb._profile, verb._interval, verb._duration, verb._bufferSize, verb._output, verb._otlp, verb._json })
        {
            command.Add(option);
        }

        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using LiveKeys keys = new();
        _target.Check(parsed);
        LiveOptions options = OptionsOf(parsed);
        TimeSpan interval = IntervalOf(parsed);
        Uri? endpoint = parsed.GetValue(_otlp) is { } address ? MetricExport.Endpoint(address) : null;
        if (endpoint is not null)
            MetricExport.RequireHeaders(endpoint);
        if (options.OutputFile is { } file)
            OutputFile.RequireWritable(file);

        bool asJson = parsed.GetValue(_json);
        LiveSession session = await SessionErrors
            .OpenAsync(() => _target.OpenAsync(parsed, options, asJson, _console, keys.Signals.Stop)).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            TargetCommand command = await session.CommandAsync().ConfigureAwait(false);
            LiveNotes notes = new(_console, LiveViews.IsScreen(_console, asJson));
            if (!notes.IsOnScreen)
                _console.Note($"Watching process {session.ProcessId}; Enter or Ctrl+C stops.");
            string title = $"process {session.ProcessId}, profile {options.Profile.Name}  {command.Line}";
            ILiveView view = LiveViews.Choose(_console, asJson, session, title, notes);
            Task<LiveEnd> end = session.WaitAsync(keys.Signals.Stop, keys.Signals.Abort);
            using (MetricExport? export = ExportTo(endpoint, MetricTarget.Of(command, session.ProcessId), interval, notes))
                await view.RunAsync(show => WatchAsync(session, end, interval, keys, export, show)).ConfigureAwait(false);
            notes.Flush();
            return Close(session, await end.ConfigureAwait(false), options, keys.Signals.Stop.IsCancellationRequested);
        }
    }

    private static async Task WatchAsync(
        LiveSession session, Task<LiveEnd> end, TimeSpan interval, LiveKeys keys, MetricExport? export, Action<LiveMoment> show)
    {
        bool isEnded = false;
        while (!isEnded)
        {
            isEnded = await Task.WhenAny(end, Task.Delay(interval)).ConfigureAwait(false) == end;
            LiveMoment moment = session.Look();
            export?.Show(moment);
            if (isEnded || !keys.IsPaused)
                show(moment);
        }
    }

    private int Close(LiveSession session, LiveEnd end, LiveOptions options, bool isStopped)
    {
        if (end.Damage is { } damage)
        {
            throw new FragTraceException(
                $"What process {session.ProcessId} sends makes no sense: it {damage}.", ExitCode.Tracing);
        }

        if (end.RecordingProblem is { } problem)
        {
            throw new FragTraceException(
                $"The recording broke off: {problem.TrimEnd('.')}. What was recorded is kept in {options.OutputFile}.",
                ExitCode.Tracing);
        }

        if (end.End == RecordingEnd.Aborted)
            throw new FragTraceException("Ended at once.", ExitCode.Tracing);
        if (end.End == RecordingEnd.TargetSilent && options.OutputFile is not null)
        {
            throw new FragTraceException(
                $"Process {session.ProcessId} does not answer the request to stop; what was recorded is kept in {options.OutputFile}.",
                ExitCode.Tracing);
        }

        bool isItsOwnEnd = end.End == RecordingEnd.TargetExited && !isStopped;
        _console.Note(LiveViews.Closing(session.Look(), session.ProcessId, isItsOwnEnd ? "ended" : "is no longer watched"));
        return isItsOwnEnd ? end.TargetExitCode ?? (int)ExitCode.Ok : (int)ExitCode.Ok;
    }

    private static MetricExport? ExportTo(Uri? endpoint, MetricTarget target, TimeSpan interval, LiveNotes notes) =>
        endpoint is null
            ? null
            : MetricExport.To(endpoint, target, interval > ShortestExport ? interval : ShortestExport, notes.Add);

    private LiveOptions OptionsOf(ParseResult parsed)
    {
        int bufferMegabytes = parsed.GetValue(_bufferSize);
        if (bufferMegabytes is < 1 or > 4_096)
            throw new FragTraceException("--buffersize is from 1 to 4096 MB.", ExitCode.Arguments);
        string profile = parsed.GetRequiredValue(_profile);
        if (!Profiles.Contains(profile, StringComparer.Ordinal))
        {
            throw new FragTraceException(
                $"monitor has no profile '{profile}'; known: {string.Join(", ", Profiles)}.", ExitCode.Arguments);
        }

        return new LiveOptions(TraceProfile.ByName(profile))
        {
            BufferMegabytes = bufferMegabytes,
            OutputFile = parsed.GetValue(_output),
            MaxDuration = parsed.GetValue(_duration),
        };
    }

    private TimeSpan IntervalOf(ParseResult parsed)
    {
        double seconds = parsed.GetValue(_interval);
        return seconds is >= 0.1 and <= 3_600
            ? TimeSpan.FromSeconds(seconds)
            : throw new FragTraceException("--refresh-interval is from 0.1 to 3600 seconds.", ExitCode.Arguments);
    }
}
