using System;
using System.Globalization;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Kernel;

/// <summary>The name of a trace buffer of ours: it says which process made it, so that a leftover is recognised.</summary>
/// <param name="StartTicks">With the process id it names one process for ever.</param>
/// <param name="Number">Counts the buffers of the process.</param>
internal readonly record struct TraceInstanceName(int ProcessId, long StartTicks, int Number)
{
    private const string Start = "fragguard-kernel-";

    public static TraceInstanceName OfThisProcess(int number) =>
        new(Environment.ProcessId, ProcessStatus.TryRead(Environment.ProcessId)?.StartTicks ?? 0, number);

    /// <summary>Null when it is not one of ours.</summary>
    public static TraceInstanceName? TryParse(string name)
    {
        if (!name.StartsWith(Start, StringComparison.Ordinal))
            return null;
        string[] numbers = name[Start.Length..].Split('-');
        return numbers.Length == 3
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            && long.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            && int.TryParse(numbers[2], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? new TraceInstanceName(processId, ticks, number)
                : null;
    }

    public bool IsAlive() => ProcessStatus.TryRead(ProcessId) is { HasEnded: false } now && now.StartTicks == StartTicks;

    public override string ToString() => FormattableString.Invariant($"{Start}{ProcessId}-{StartTicks}-{Number}");
}
