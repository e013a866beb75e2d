using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>
/// Streams with a pause in the middle, in which all items that will ever expire do. With default options a maintainer
/// thread looks at the ends of the queues all the time, and an item that it holds is passed over by an eviction. So
/// memory fills up before the pause and evicts after it, when the maintainer has found nothing to do for so long that it
/// sleeps, and every queue is as it must be; and each expired item is read, whether the maintainer has freed it or not.
/// </summary>
internal sealed class MemcachedPause(ITestOutputHelper output)
{
    /// <summary>Few enough that no queue of new items outgrows its share, so that the maintainer stays asleep.</summary>
    private const int Evicting = 9_000;

    private const int Stores = 200_000;
    private const int Keys = 75_000;
    private const long TimeToLiveSeconds = 4;

    /// <summary>After 8 idle seconds the maintainer sleeps a second at a time, after 10 it lets hot items be for two.</summary>
    private const long PauseSeconds = 12;

    /// <param name="stream">What is played, for the fidelity page.</param>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="expires">Whether some items expire in the pause.</param>
    /// <param name="hasMaintainer">Whether memcached runs the threads that the pause is for; without them expired items stay.</param>
    /// <param name="options">How memcached is started.</param>
    /// <param name="settings">The same for the model.</param>
    public void Compare(
        string stream, ulong seed, bool expires, bool hasMaintainer, string[] options,
        params (string Key, string Value)[] settings)
    {
        // A machine too slow to store everything before the first item expires is given more time.
        for (long timeToLive = TimeToLiveSeconds;; timeToLive *= 2)
        {
            using MemcachedServer server = new(options);
            MemcachedModel model = MemcachedComparison.Model(settings);
            MemcachedComparison comparison = new(server, model) { IsFlat = !hasMaintainer };
            AllocationEvent[] stores =
                [.. new MemcachedTraces(seed) { Keys = Keys }.SmallStores(Stores, expires ? timeToLive * 1_000 : 0)];
            AllocationEvent[] filling = stores[..BeforeEviction(stores, settings)];
            long start = MemcachedClock.Seconds(server);
            comparison.Play(filling);
            long end = MemcachedClock.Seconds(server);
            if (end - start > timeToLive - 2)
                continue;
            Assert.Equal(0, comparison.Evicted);
            long second = MemcachedClock.WaitFor(server, end + (hasMaintainer ? PauseSeconds : 2) + (expires ? timeToLive : 0));
            model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: (second - start) * 1_000));
            if (expires && hasMaintainer)
                comparison.Play(MemcachedTraces.ReadEach(Expired(filling)));
            comparison.Play(new MemcachedTraces(seed + 1) { FirstKey = Keys + 1, Keys = Keys }.SmallStores(Evicting, 0));
            output.WriteLine($"{comparison.Evicted} evicted. {comparison.Text}");
            Assert.True(comparison.Evicted > Evicting / 10);
            FidelityResults.Exact(
                output, "memcached", stream, "memcached " + server.Connection.Statistics(string.Empty)["version"],
                comparison.Operations, MemcachedComparison.Things, comparison.Differences);
            return;
        }
    }

    /// <summary>How many of the stores fit into memory.</summary>
    private static int BeforeEviction(AllocationEvent[] stores, (string Key, string Value)[] settings)
    {
        MemcachedModel model = MemcachedComparison.Model(settings);
        return Array.FindIndex(stores, store => model.Apply(store).Evicted > 0);
    }

    private static IEnumerable<long> Expired(AllocationEvent[] stored) =>
        stored.Where(stored => stored.Milliseconds > 0).Select(stored => stored.Id).Distinct();
}
