using System;
using System.Globalization;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>Shows a recording while it runs, and waits for its end.</summary>
internal static class RecordingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Follows the recording to its end. Its exit code is the target's own only: what a target says that was stopped,
    /// here or by the same Ctrl+C, tells nothing.
    /// </summary>
    /// <exception cref="FragTraceException">The recording broke off; the message names what was kept.</exception>
    public static async Task<Recording> FollowAsync(TraceSession session, StopSignals signals, ToolConsole console)
    {
        try
        {
            Task<Recording> end = session.WaitAsync(signals.Stop, signals.Abort);
            while (await Task.WhenAny(end, Task.Delay(Interval)).ConfigureAwait(false) != end)
                console.Progress(Line(session.Figures, signals.Stop.IsCancellationRequested));
            Recording recording = await end.ConfigureAwait(false);
            if (recording.End == RecordingEnd.Aborted)
            {
                throw new FragTraceException(
                    $"Ended at once; what was recorded is kept in {recording.File}.", ExitCode.Tracing);
            }

            if (recording.End == RecordingEnd.TargetSilent)
            {
                throw new FragTraceException(
                    $"Process {session.ProcessId} does not answer the request to stop; what was recorded is kept in {recording.File}.",
                    ExitCode.Tracing);
            }

            bool isItsOwnEnd = recording.End == RecordingEnd.TargetExited && !signals.Stop.IsCancellationRequested;
            return isItsOwnEnd ? recording : recording with { TargetExitCode = null };
        }
        catch (TracingException exception)
        {
            throw new FragTraceException(
                $"{exception.Message.TrimEnd('.')}. What was recorded is kept in {exception.RecordingFile}.", ExitCode.Tracing, exception);
        }
        finally
        {
            console.ClearProgress();
        }
    }

    private static string Line(LiveFigures figures, bool isStopping) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(isStopping ? "Stopping" : "Recording")} {figures.Elapsed:hh\\:mm\\:ss}  {figures.RecordedBytes / 1e6:0.0} MB  "
        + $"{figures.Events:#,0} events  {figures.EventsLost:#,0} lost  {figures.Collections:#,0} GCs  "
        + $"heap {figures.HeapBytes / 1e6:0} MB  LOH {figures.LohBytes / 1e6:0} MB");
}
