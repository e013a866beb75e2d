using System;

namespace FragGuard.Collector.Sessions;

/// <summary>No session with the target could be made. The message is fit to be shown as it is.</summary>
public sealed class SessionException(SessionFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public SessionFailure Failure { get; } = failure;
}
