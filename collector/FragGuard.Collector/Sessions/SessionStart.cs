using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>The conversation with a runtime until it sends, and the file that takes what it sends.</summary>
internal static class SessionStart
{
    /// <exception cref="SessionException">There is no place for the file, or the runtime does not begin a session.</exception>
    public static async Task<(EventStream Stream, FileStream File)> OpenAsync(
        RuntimePort port, RecordingOptions options, CancellationToken cancellation)
    {
        RecordingDisk.RequireFree(options.OutputFile, options.MinFreeBytes);
        RecordingFile file = await RecordingFile.OpenAsync(options.OutputFile, cancellation).ConfigureAwait(false);
        try
        {
            EventStream stream = await TalkAsync(
                port,
                limit => EventStreamRequest.StartAsync(
                    port, options.Profile, options.BufferMegabytes, options.WantsLossless, limit),
                options, cancellation).ConfigureAwait(false);
            return (stream, file.Begin());
        }
        catch
        {
            file.Close();
            throw;
        }
    }

    /// <summary>Lets a runtime go on that waits at its start; another one takes no notice.</summary>
    /// <exception cref="SessionException">It does not answer.</exception>
    public static async Task ResumeAsync(RuntimePort port, RecordingOptions options, CancellationToken cancellation) =>
        await TalkAsync(
            port, limit => port.AskAsync(PortCommand.ResumeRuntime, default, limit), options, cancellation).ConfigureAwait(false);

    private static async Task<T> TalkAsync<T>(
        RuntimePort port, Func<CancellationToken, Task<T>> talk, RecordingOptions options, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.AnswerPatience);
        return await TargetProcess.TalkAsync(port.ProcessId, () => talk(limit.Token), cancellation).ConfigureAwait(false);
    }
}
