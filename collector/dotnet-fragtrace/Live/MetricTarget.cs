using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.Live;

/// <summary>Whom metrics speak of.</summary>
/// <param name="ServiceName">Name of the program, without folder and extension.</param>
internal sealed record MetricTarget(string ServiceName, int ProcessId)
{
    public static MetricTarget Of(TargetCommand command, int processId) =>
        new(command.ProgramName.Length > 0 ? command.ProgramName : "unknown_service", processId);
}
