namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Numbers of the generations and heaps, as the runtime reports them.</summary>
internal static class GcLayout
{
    public const int OldestGeneration = 2;
}
