using System;

namespace FragGuard.Simulation.Workloads;

/// <summary>A workload line that cannot be read; the message names the line and the reason.</summary>
public sealed class WorkloadFormatException : Exception
{
    public WorkloadFormatException(long line, string reason)
        : base($"line {line}: {reason}") => Line = line;

    /// <summary>1-based line number.</summary>
    public long Line { get; }
}
