using System.CommandLine;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The <c>-p</c> of a verb that looks at any process from outside.</summary>
internal static class InspectedProcessOption
{
    public static Option<int> Create() => new("--process-id", "-p")
    {
        Description = "Id of the process. It is read only, and goes on meanwhile.",
        HelpName = "pid",
        Required = true,
    };

    /// <exception cref="FragTraceException">It is no process id.</exception>
    public static int Of(ParseResult parsed, Option<int> option)
    {
        int processId = parsed.GetValue(option);
        return processId > 0 ? processId : throw new FragTraceException($"{processId} is not a process id.", ExitCode.Arguments);
    }
}
