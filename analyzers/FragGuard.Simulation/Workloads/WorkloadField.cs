namespace FragGuard.Simulation.Workloads;

/// <summary>A part of a workload's line that holds no space; empty where there is none.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct WorkloadField(int Start, int Length)
{
    public int End => Start + Length;
}
