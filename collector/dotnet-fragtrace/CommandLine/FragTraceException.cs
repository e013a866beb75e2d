using System;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>An anticipated error: its message is shown as one line without a stack, and its code is the exit code.</summary>
public sealed class FragTraceException(string message, ExitCode exitCode, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>Whether the message is not shown: who reads the result has had enough of it, as <c>head</c> has.</summary>
    public bool IsQuiet { get; init; }
}
