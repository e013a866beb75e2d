using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>A running process as the command line names it: <c>--process-id</c> or <c>--name</c>.</summary>
/// <param name="whatFor">Ends what the options' help says of the process, such as <c> to attach to</c>.</param>
internal sealed class ProcessChoice(string whatFor = "")
{
    private readonly Option<int?> _processId = new("--process-id", "-p")
    {
        Description = $"Id of the process{whatFor}.",
        HelpName = "pid",
        CustomParser = static result => NumberText.ProcessId(result),
    };

    private readonly Option<string?> _name = new("--name", "-n") { Description = $"Name of the process{whatFor}.", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Add(_processId);
        command.Add(_name);
    }

    /// <summary>How many of the two are given.</summary>
    public int CountOf(ParseResult parsed) =>
        Convert.ToInt32(parsed.GetValue(_processId) is not null) + Convert.ToInt32(parsed.GetValue(_name) is not null);

    /// <summary>Complains of what names no process, without a look at those that run.</summary>
    /// <exception cref="FragTraceException">Both ways at once.</exception>
    public void Check(ParseResult parsed)
    {
        if (CountOf(parsed) > 1)
            throw new FragTraceException("Only one of --process-id and --name may be given.", ExitCode.Arguments);
    }

    /// <summary>Null when no process is named.</summary>
    /// <exception cref="FragTraceException">Both ways at once, or not exactly one such process.</exception>
    public int? Of(ParseResult parsed)
    {
        Check(parsed);
        return parsed.GetValue(_processId) ?? (parsed.GetValue(_name) is { } name ? Named(name) : null);
    }

    /// <summary>The process as a part of a file's name; null when none is named.</summary>
    public string? StemOf(ParseResult parsed) => parsed.GetValue(_processId) is { } processId
        ? $"process-{processId.ToString(CultureInfo.InvariantCulture)}"
        : parsed.GetValue(_name);

    private static int Named(string name)
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
