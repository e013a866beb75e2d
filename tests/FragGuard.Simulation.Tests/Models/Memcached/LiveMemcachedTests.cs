using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>The model against a real memcached: operation by operation without any difference.</summary>
public sealed class LiveMemcachedTests(ITestOutputHelper output)
{
    [Fact]
    public void StoresAndDeletes_AsStartedByDefault() => Compare(
        "sets and deletes with evictions, default options",
        new MemcachedTraces(seed: 1),
        ["-m", "8"],
        ("memory", "8m"));

    [Fact]
    public void StoresAndDeletes_WithoutModernOptions() => Compare(
        "sets and deletes with evictions, -o no_modern",
        new MemcachedTraces(seed: 2),
        ["-m", "8", "-o", "no_modern"],
        ("memory", "8m"), ("modern", "false"));

    private void Compare(
        string stream, MemcachedTraces trace, string[] options, params (string Key, string Value)[] settings)
    {
        using MemcachedServer server = new(options);
        MemcachedComparison comparison = new(server, MemcachedComparison.Model(settings));
        comparison.Play(trace.StoresAndDeletes(80_000));
        output.WriteLine(comparison.Text);
        output.WriteLine($"{comparison.Refused} refused");
        FidelityResults.Exact(
            output, "memcached", stream, "memcached " + server.Connection.Statistics(string.Empty)["version"],
            comparison.Operations, MemcachedComparison.Things, comparison.Differences);
    }
}
