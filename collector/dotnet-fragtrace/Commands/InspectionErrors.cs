using System;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Commands;

/// <summary>Turns an inspection's typed failures into the tool's one-line errors.</summary>
internal static class InspectionErrors
{
    /// <exception cref="FragTraceException">The inspection failed in an anticipated way.</exception>
    public static T Run<T>(Func<T> inspect)
    {
        try
        {
            return inspect();
        }
        catch (InspectionException exception)
        {
            throw new FragTraceException(exception.Message, CodeOf(exception.Failure), exception);
        }
    }

    private static ExitCode CodeOf(InspectionFailure failure) => failure switch
    {
        InspectionFailure.Platform or InspectionFailure.Architecture => ExitCode.Platform,
        InspectionFailure.Invalid => ExitCode.Tracing,
        _ => ExitCode.Session,
    };
}
