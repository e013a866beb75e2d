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
        CustomParser = NumberText.ProcessId,
    };
}
