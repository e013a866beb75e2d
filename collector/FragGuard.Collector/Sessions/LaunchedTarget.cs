using System;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>A command we started, suspended at the start of its .NET runtime until a session resumes it.</summary>
public sealed class LaunchedTarget : IAsyncDisposable
{
    private LaunchedTarget()
    {
    }

    /// <summary>Process that holds the runtime: the command itself or a descendant of it.</summary>
    public int ProcessId => throw new NotSupportedException();

    /// <summary>Process that was started.</summary>
    public int CommandProcessId => throw new NotSupportedException();

    /// <summary>Completes with the exit code of the started command; a signal counts as 128 + its number.</summary>
    public Task<int> Exit => throw new NotSupportedException();

    /// <summary>End of the command's output and errors; empty unless captured.</summary>
    public string Output => throw new NotSupportedException();

    /// <summary>Ends the command and its descendants.</summary>
    public void Kill() => throw new NotSupportedException();

    /// <summary>Ends the command if it still runs.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
