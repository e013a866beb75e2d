using System;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>Turns the collector's typed failures into the tool's one-line errors.</summary>
internal static class SessionErrors
{
    /// <exception cref="FragTraceException">No session could be made.</exception>
    public static async Task<TraceSession> OpenAsync(Func<Task<TraceSession>> open)
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

    private static ExitCode CodeOf(SessionFailure failure) => failure switch
    {
        SessionFailure.OutputFile or SessionFailure.PortAddress => ExitCode.Arguments,
        _ => ExitCode.Session,
    };
}
