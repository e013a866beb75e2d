using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Live;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>The options of <c>collect</c> that say whom to record: exactly one of them is given.</summary>
internal sealed class CollectTarget
{
    private readonly ProcessChoice _process = new(" to attach to");
    private readonly Option<string?> _port = new("--diagnostic-port", "--dport")
    {
        Description = "Socket to make and listen at; the first program started with DOTNET_DiagnosticPorts=<path> is recorded "
            + "from its first event on.",
        HelpName = "path",
    };

    private readonly Argument<string[]> _command = new("command")
    {
        Description = "After --: a command to launch and record from its first event on. It is ended when the recording is.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _showChildIo = new("--show-child-io") { Description = "Let a launched command write to this console." };

    public void AddTo(Command verb)
    {
        verb.Add(_command);
        _process.AddTo(verb);
        verb.Add(_port);
        verb.Add(_showChildIo);
    }

    /// <exception cref="FragTraceException">None is given, several are, or one makes no sense.</exception>
    public void Check(ParseResult parsed)
    {
        int targets = _process.CountOf(parsed) + Convert.ToInt32(parsed.GetValue(_port) is not null)
            + Convert.ToInt32(CommandOf(parsed).Length > 0);
        if (targets == 0)
        {
            throw new FragTraceException(
                "Name a target: --process-id, --name, --diagnostic-port, or -- and a command.", ExitCode.Arguments);
        }

        if (targets > 1)
        {
            throw new FragTraceException(
                "Only one of --process-id, --name, --diagnostic-port and -- <command> may be given.", ExitCode.Arguments);
        }

        _process.Check(parsed);

        // The variable that carries the path holds several ports with semicolons between them, and modes after commas.
        if (parsed.GetValue(_port) is { } port
            && (port.Contains(';', StringComparison.Ordinal) || port.Split(',') is not ([{ Length: > 0 }] or [{ Length: > 0 }, "listen"])))
        {
            throw new FragTraceException($"--diagnostic-port {port} is not the path of a socket to listen at.", ExitCode.Arguments);
        }
    }

    /// <summary>Name of a recording that was given none.</summary>
    public string DefaultFile(ParseResult parsed)
    {
        string name = _process.StemOf(parsed)
            ?? (CommandOf(parsed) is [var program, ..] ? Path.GetFileNameWithoutExtension(program) : "process");
        return Path.GetFileName(name) + DateTime.Now.ToString("'_'yyyyMMdd'_'HHmmss", CultureInfo.InvariantCulture) + ".nettrace";
    }

    /// <param name="isQuiet">Whether a launched command may not write to this console even if asked to.</param>
    /// <exception cref="SessionException">No session could be made.</exception>
    /// <exception cref="FragTraceException">There is no one process of that name.</exception>
    public Task<TraceSession> OpenAsync(
        ParseResult parsed, RecordingOptions options, bool isQuiet, ToolConsole console, CancellationToken stop) => OpenAsync(
        parsed, isQuiet, console,
        command => TraceSession.LaunchAsync(command, options, stop),
        port => TraceSession.ListenAsync(port, options, () => SayWaiting(console, port), stop),
        processId => TraceSession.AttachAsync(processId, options, stop));

    /// <summary>The same for a session that is watched and not recorded.</summary>
    /// <exception cref="SessionException">No session could be made.</exception>
    /// <exception cref="FragTraceException">There is no one process of that name.</exception>
    public Task<LiveSession> OpenAsync(
        ParseResult parsed, LiveOptions options, bool isQuiet, ToolConsole console, CancellationToken stop) => OpenAsync(
        parsed, isQuiet, console,
        command => LiveSession.LaunchAsync(command, options, stop),
        port => LiveSession.ListenAsync(port, options, () => SayWaiting(console, port), stop),
        processId => LiveSession.AttachAsync(processId, options, stop));

    private Task<T> OpenAsync<T>(
        ParseResult parsed, bool isQuiet, ToolConsole console,
        Func<LaunchCommand, Task<T>> launch, Func<string, Task<T>> listen, Func<int, Task<T>> attach)
    {
        if (CommandOf(parsed) is [var program, .. var arguments])
        {
            return launch(new LaunchCommand(program, arguments)
            {
                Output = parsed.GetValue(_showChildIo) && !isQuiet ? ChildOutput.Inherit : ChildOutput.Discard,
            });
        }

        if (parsed.GetValue(_port) is { } port)
            return listen(port.Split(',')[0]);

        return attach(_process.Of(parsed)!.Value);
    }

    private static void SayWaiting(ToolConsole console, string port) =>
        console.Note($"Waiting for a program that is started with DOTNET_DiagnosticPorts={port}; Ctrl+C stops.");

    private string[] CommandOf(ParseResult parsed) => parsed.GetValue(_command) ?? [];
}
