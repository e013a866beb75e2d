using System;

namespace FragGuard.Inspection.Procfs;

/// <summary>An anticipated failure of an inspection; its message is one line for the user.</summary>
public sealed class InspectionException(InspectionFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public InspectionFailure Failure { get; } = failure;
}
