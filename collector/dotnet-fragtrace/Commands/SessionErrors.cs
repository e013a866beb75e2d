using System;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Snapshots;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>Turns the collector's typed failures into the tool's one-line errors.</summary>
internal static class SessionErrors
{
    /// <exception cref="FragTraceException">No session could be made.</exception>
    public static async Task<T> OpenAsync<T>(Func<Task<T>> open)
    {
        try
        {
            return await open().ConfigureAwait(false);
        }
        catch (SessionException exception)
        {
            throw new FragTraceException(exception.Message, CodeOf(exception.Failure), exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new FragTraceException("Stopped before the recording began.", ExitCode.Session, exception);
        }
    }

    /// <exception cref="FragTraceException">No snapshot could be taken.</exception>
    public static async Task<ObjectSnapshot> TakeAsync(Func<Task<ObjectSnapshot>> take)
    {
        try
        {
            return await take().ConfigureAwait(false);
        }
        catch (SessionException exception)
        {
            throw new FragTraceException(exception.Message, CodeOf(exception.Failure), exception);
        }
        catch (Exception exception) when (exception is SnapshotException or TracingException)
        {
            throw new FragTraceException(exception.Message, ExitCode.Tracing, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new FragTraceException("Stopped before the snapshot was complete.", ExitCode.Tracing, exception);
        }
    }

    private static ExitCode CodeOf(SessionFailure failure) => failure switch
    {
        SessionFailure.OutputFile or SessionFailure.PortAddress => ExitCode.Arguments,
        _ => ExitCode.Session,
    };
}
