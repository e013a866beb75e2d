using System;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Live;

/// <summary>The conversation with a runtime until it sends.</summary>
internal static class LiveStart
{
    /// <exception cref="SessionException">There is no place for the recording, or the runtime does not begin a session.</exception>
    public static async Task<LiveSession> OpenAsync(
        RuntimePort port, LaunchedTarget? target, LiveOptions options, CancellationToken cancellation)
    {
        RecordingFile? file = null;
        if (options.OutputFile is { } path)
        {
            RecordingDisk.RequireFree(path, options.MinFreeBytes);
            file = await RecordingFile.OpenAsync(path, cancellation).ConfigureAwait(false);
        }

        try
        {
            EventStream stream = await TalkAsync(
                port,
                limit => EventStreamRequest.StartAsync(
                    port, options.Profile, options.BufferMegabytes, wantsLossless: false, limit),
                options, cancellation).ConfigureAwait(false);
            RecordingCopy? copy = file is null ? null : new RecordingCopy(file.Begin(), options.MinFreeBytes);
            return new LiveSession(port, target, stream, copy, options);
        }
        catch
        {
            file?.Close();
            throw;
        }
    }

    /// <summary>The same with a runtime that waits at its start, and is then let go on.</summary>
    /// <exception cref="SessionException">There is no place for the recording, or the runtime does not begin a session.</exception>
    public static async Task<LiveSession> OpenSuspendedAsync(
        RuntimePort port, LaunchedTarget? target, LiveOptions options, CancellationToken cancellation)
    {
        LiveSession session = await OpenAsync(port, target, options, cancellation).ConfigureAwait(false);
        try
        {
            await TalkAsync(
                port, limit => port.AskAsync(PortCommand.ResumeRuntime, default, limit), options, cancellation)
                .ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<T> TalkAsync<T>(
        RuntimePort port, Func<CancellationToken, Task<T>> talk, LiveOptions options, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.AnswerPatience);
        return await TargetProcess.TalkAsync(port.ProcessId, () => talk(limit.Token), cancellation).ConfigureAwait(false);
    }
}
