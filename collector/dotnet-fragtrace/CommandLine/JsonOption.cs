using System.CommandLine;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The <c>--json</c> of every verb.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json")
    {
        Description = "Print one JSON object to standard output and nothing else.",
    };
}
