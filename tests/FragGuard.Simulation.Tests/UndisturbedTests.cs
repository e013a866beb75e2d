namespace FragGuard.Simulation.Tests;

/// <summary>Tests that compare what depends on the speed of threads: they run one by one, when all others are over.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class UndisturbedTests
{
    public const string Name = "undisturbed";
}
