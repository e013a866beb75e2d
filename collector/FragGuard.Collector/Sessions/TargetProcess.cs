using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>Finds the port of a process, and turns what goes wrong there into words.</summary>
internal static class TargetProcess
{
    /// <exception cref="SessionException">No such process, or no port of a .NET runtime in it.</exception>
    public static RuntimePort PortOf(int processId)
    {
        if (!Exists(processId))
            throw new SessionException(SessionFailure.ProcessNotFound, $"No process has the id {processId}.");
        if (ProcessList.PortOf(processId) is { } port)
            return port;

        if (IsOfOtherUser(processId))
            throw OtherUser(processId, inner: null);

        throw new SessionException(
            SessionFailure.NotDotNet,
            $"Process {processId} has no .NET diagnostic port: it is no .NET process, has DOTNET_EnableDiagnostics=0, "
            + "or its TMPDIR is not visible from here.");
    }

    /// <summary>Runs a conversation with a runtime.</summary>
    /// <exception cref="SessionException">It failed.</exception>
    public static async Task<T> TalkAsync<T>(int processId, Func<Task<T>> talk, CancellationToken cancellation)
    {
        try
        {
            return await talk().ConfigureAwait(false);
        }
        catch (PortException exception)
        {
            throw new SessionException(SessionFailure.Refused, exception.Message, exception);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
            throw IsOfOtherUser(processId)
                ? OtherUser(processId, exception)
                : new SessionException(
                    SessionFailure.PermissionDenied,
                    $"The diagnostic port of process {processId} may not be used: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw OtherUser(processId, exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ChannelClosedException)
        {
            throw new SessionException(
                SessionFailure.Refused, $"Process {processId} broke off the conversation: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new SessionException(
                SessionFailure.Refused, $"Process {processId} does not answer on its diagnostic port.", exception);
        }
    }

    private static SessionException OtherUser(int processId, Exception? inner) => new(
        SessionFailure.OtherUser,
        $"Process {processId} belongs to another user; only that user and the superuser may trace it.", inner);

    private static bool IsOfOtherUser(int processId) =>
        OperatingSystem.IsLinux()
        && ProcessEntry.TryRead(processId) is { } entry
        && entry.UserId != ProcessList.OwnUserId();

    private static bool Exists(int processId)
    {
        if (OperatingSystem.IsLinux())
            return ProcessEntry.TryRead(processId) is not null;

        try
        {
            using Process process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
