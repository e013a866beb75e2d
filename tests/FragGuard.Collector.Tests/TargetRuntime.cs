using System;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests;

/// <summary>A runtime that the program under record runs on: that of these tests, or an older one of its own.</summary>
/// <param name="Major">First number of its version.</param>
internal sealed record TargetRuntime(int Major)
{
    public static TargetRuntime Own { get; } = new(Environment.Version.Major);

    public static TargetRuntime Net8 { get; } = new(8);

    public static TargetRuntime Net9 { get; } = new(9);

    /// <summary>Whether it draws allocated objects on request, and leaves out events that nobody reads (.NET 10 and later).</summary>
    public bool CanSample => Major >= 10;

    /// <summary>Whether it can leave stacks out (.NET 9 and later).</summary>
    public bool CanDoWithoutStacks => Major >= 9;

    /// <summary>Whether the end of a session that asked for a GC sets off another (before .NET 10).</summary>
    public bool CollectsOnceMore => Major < 10;

    /// <summary>Starts the program there. Where an older runtime's program is not to be had, the test is skipped.</summary>
    public LaunchCommand Command(params string[] arguments)
    {
        LaunchCommand command = TargetProgram.Command(arguments);
        return this == Own ? command : command with { FileName = OlderProgram.Of(Major), Arguments = arguments };
    }
}
