namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>Birth or death of one block of a synthetic workload.</summary>
/// <param name="Number">The block, counted from 0 in the order of birth.</param>
/// <param name="Bytes">Its bytes at birth; 0 at its death.</param>
internal readonly record struct Life(long Number, long Bytes)
{
    public bool IsBirth => Bytes > 0;
}
