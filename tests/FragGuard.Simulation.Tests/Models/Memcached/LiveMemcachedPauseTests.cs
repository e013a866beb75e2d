namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>The model against a memcached with all its threads: no difference.</summary>
public sealed class LiveMemcachedPauseTests(ITestOutputHelper output)
{
    [Fact]
    public void StoresAndDeletes_AsStartedByDefault() => new MemcachedPause(output).Compare(
        "sets and deletes with evictions, default options", seed: 11, expires: false, hasMaintainer: true,
        ["-m", "36"], ("memory", "36m"));
}
