using System;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>A recording in progress: events flow from the target into a .nettrace file.</summary>
public sealed class TraceSession : IAsyncDisposable
{
    private TraceSession()
    {
    }

    public int ProcessId => throw new NotSupportedException();

    /// <summary>The launched target; null when attached.</summary>
    public LaunchedTarget? Target => throw new NotSupportedException();

    public LiveFigures Figures => throw new NotSupportedException();

    /// <summary>Completes when the recording has ended for any reason.</summary>
    /// <exception cref="TracingException">The recording broke off; the partial file is kept.</exception>
    public Task<Recording> Completion => throw new NotSupportedException();

    /// <exception cref="SessionException">No session could be made.</exception>
    public static Task<TraceSession> AttachAsync(
        int processId, RecordingOptions options, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>Starts the command, records from its first event on, and lets it run.</summary>
    /// <exception cref="SessionException">The command does not start, ends early, or holds no .NET runtime.</exception>
    public static Task<TraceSession> LaunchAsync(
        LaunchCommand command, RecordingOptions options, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>Asks the target to stop sending, and drains what it still has. Safe to call more than once.</summary>
    public Task<Recording> StopAsync() => throw new NotSupportedException();

    /// <summary>Ends at once without draining.</summary>
    public Task<Recording> AbortAsync() => throw new NotSupportedException();

    /// <summary>
    /// Waits for the end: <paramref name="stop"/> stops cleanly, <paramref name="abort"/> ends at once. Neither makes
    /// this method throw.
    /// </summary>
    public Task<Recording> WaitAsync(CancellationToken stop = default, CancellationToken abort = default) =>
        throw new NotSupportedException();

    /// <summary>Aborts the recording if it still runs. A launched target that still runs is ended.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
