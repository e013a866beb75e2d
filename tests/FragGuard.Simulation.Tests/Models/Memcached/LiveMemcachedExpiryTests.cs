namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>Times to live in a memcached with all its threads: no difference.</summary>
public sealed class LiveMemcachedExpiryTests(ITestOutputHelper output)
{
    [Fact]
    public void TimesToLive_AsStartedByDefault() => new MemcachedPause(output).Compare(
        "times to live that end in a pause, default options", seed: 12, expires: true, hasMaintainer: true,
        ["-m", "36"], ("memory", "36m"));
}
