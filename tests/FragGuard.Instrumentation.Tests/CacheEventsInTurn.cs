namespace FragGuard.Instrumentation.Tests;

/// <summary>Tests that listen, or that hold that nobody does; the provider is one per process, so they run in turn.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CacheEventsInTurn
{
    public const string Name = "cache events";
}
