using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>A running process as the command line names it: <c>--process-id</c> or <c>--name</c>.</summary>
internal sealed class ProcessChoice
{
    private readonly Option<int?> _processId = new("--process-id", "-p") { Description = "Id of the process.", HelpName = "pid" };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "Name of the process.", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Add(_processId);
        command.Add(_name);
    }

    /// <summary>Null when no process is named.</summary>
    /// <exception cref="FragTraceException">Both ways at once, or not exactly one such process.</exception>
    public int? Of(ParseResult parsed)
    {
        string? name = parsed.GetValue(_name);
        if (parsed.GetValue(_processId) is { } pid)
        {
            if (name is not null)
                throw new FragTraceException("Only one of --process-id and --name may be given.", ExitCode.Arguments);
            return pid > 0 ? pid : throw new FragTraceException($"{pid} is not a process id.", ExitCode.Arguments);
        }

        return name is null ? null : Named(name);
    }

    /// <summary>The one process of that name.</summary>
    /// <exception cref="FragTraceException">There is none, or there are several.</exception>
    public static int Named(string name)
    {
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
}
