using System.Collections.Generic;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>
/// The model against a real memcached, operation by operation without any difference. Without a maintainer thread
/// memcached does the same every time; with it, only what <see cref="MemcachedPause"/> plays.
/// </summary>
public sealed class LiveMemcachedTests(ITestOutputHelper output)
{
    [Fact]
    public void StoresAndDeletes_WithoutModernOptions() => Compare(
        "sets and deletes with evictions, -o no_modern",
        new MemcachedTraces(seed: 2).StoresAndDeletes(80_000),
        ["-m", "8", "-o", "no_modern"],
        ("memory", "8m"), ("modern", "false"));

    [Fact]
    public void TimesToLive_WithoutModernOptions() => new MemcachedPause(output).Compare(
        "times to live that end in a pause, -o no_modern", seed: 7, expires: true, hasMaintainer: false,
        ["-m", "36", "-o", "no_modern"], ("memory", "36m"), ("modern", "false"));

    [Fact]
    public void FlushedItems() => Compare(
        "everything flushed again and again, -o no_modern",
        new MemcachedTraces(seed: 8).Flushed(30_000),
        ["-m", "8", "-o", "no_modern"],
        ("memory", "8m"), ("modern", "false"));

    [Fact]
    public void MovedPages()
    {
        using MemcachedServer server = new("-m", "48", "-o", "no_lru_maintainer");
        MemcachedComparison comparison =
            new(server, MemcachedComparison.Model(("memory", "48m"), ("lru", "flat"))) { IsFlat = true };
        for (ulong seed = 20; seed < 36; seed++)
        {
            comparison.Play(new MemcachedTraces(seed) { LargestBytes = 1_000_000 }.Everything(5_000));
            comparison.MovePages(new SeededRandom(seed), moves: 5);
        }

        Report("every operation, and pages moved by slabs reassign, flat LRU", server, comparison);
    }

    [Fact]
    public void LargeItems() => Compare(
        "sets and deletes of items in several chunks, -m 24 -I 4m",
        new MemcachedTraces(seed: 3) { Keys = 3_000, LargestBytes = 4_200_000 }.StoresAndDeletes(20_000),
        ["-m", "24", "-I", "4m", "-o", "no_lru_maintainer"],
        ("memory", "24m"), ("item_max", "4m"), ("lru", "flat"));

    [Fact]
    public void SmallLargestChunk() => Compare(
        "sets and deletes of items in many chunks, slab_chunk_max 16k",
        new MemcachedTraces(seed: 4) { Keys = 10_000 }.StoresAndDeletes(20_000),
        ["-m", "8", "-o", "no_lru_maintainer,slab_chunk_max=16384"],
        ("memory", "8m"), ("slab_chunk_max", "16k"), ("lru", "flat"));

    [Fact]
    public void NothingIsEvicted() => Compare(
        "sets and deletes without evictions, -M",
        new MemcachedTraces(seed: 5) { LargestBytes = 1_100_000 }.StoresAndDeletes(20_000),
        ["-m", "8", "-M"],
        ("memory", "8m"), ("evict", "false"));

    [Fact]
    public void Everything_WithoutModernOptions() => Compare(
        "every operation, no CAS, other chunk sizes, -o no_modern",
        new MemcachedTraces(seed: 6) { LargestBytes = 1_100_000 }.Everything(40_000),
        ["-m", "16", "-C", "-f", "1.08", "-n", "72", "-o", "no_modern"],
        ("memory", "16m"), ("cas", "false"), ("factor", "1.08"), ("chunk_min", "72"), ("modern", "false"));

    private void Compare(
        string stream, IEnumerable<AllocationEvent> trace, string[] options, params (string Key, string Value)[] settings)
    {
        using MemcachedServer server = new(options);
        MemcachedComparison comparison = new(server, MemcachedComparison.Model(settings));
        comparison.Play(trace);
        Report(stream, server, comparison);
    }

    private void Report(string stream, MemcachedServer server, MemcachedComparison comparison)
    {
        output.WriteLine(
            $"{comparison.Refused} refused, {comparison.Evicted} evicted, {comparison.Moved} moved. {comparison.Text}");
        FidelityResults.Exact(
            output, "memcached", stream, "memcached " + server.Connection.Statistics(string.Empty)["version"],
            comparison.Operations, MemcachedComparison.Things, comparison.Differences);
    }
}
