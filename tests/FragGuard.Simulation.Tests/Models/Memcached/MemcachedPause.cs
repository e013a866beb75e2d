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
/// Several times a second it wakes for a moment all the same, and on a crowded machine it may lose the processor with an
/// item in its hands: a difference that comes of an eviction while it was awake counts if the next plays have one too.
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

    private const int MostPlays = 3;

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
        Outcome outcome = PlayInTime();
        for (int play = 1; play < MostPlays && outcome.MayBePassedOver; play++)
            outcome = PlayInTime();
        FidelityResults.Exact(
            output, "memcached", stream, "memcached " + outcome.Version,
            outcome.Operations, MemcachedComparison.Things, outcome.Differences);

        // A machine too slow to store everything before the first item expires is given more time.
        Outcome PlayInTime()
        {
            for (long timeToLive = TimeToLiveSeconds;; timeToLive *= 2)
            {
                if (Play(seed, timeToLive, expires, hasMaintainer, options, settings) is { } played)
                    return played;
            }
        }
    }

    /// <returns>Null when items expired before all were stored.</returns>
    private Outcome? Play(
        ulong seed, long timeToLive, bool expires, bool hasMaintainer, string[] options, (string Key, string Value)[] settings)
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
            return null;
        Assert.Equal(0, comparison.Evicted);
        long second = MemcachedClock.WaitFor(server, end + (hasMaintainer ? PauseSeconds : 2) + (expires ? timeToLive : 0));
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: (second - start) * 1_000));
        if (expires && hasMaintainer)
            comparison.Play(MemcachedTraces.ReadEach(Expired(filling)));
        long differencesBefore = comparison.Differences;
        string? wakesBefore = Wakes(server);
        comparison.Play(new MemcachedTraces(seed + 1) { FirstKey = Keys + 1, Keys = Keys }.SmallStores(Evicting, 0));
        output.WriteLine($"{comparison.Evicted} evicted. {comparison.Text}");
        Assert.True(comparison.Evicted > Evicting / 10);
        return new Outcome(
            server.Connection.Statistics(string.Empty)["version"],
            comparison.Operations,
            comparison.Differences,
            differencesBefore == 0 && comparison.Differences > 0
                && !string.Equals(Wakes(server), wakesBefore, StringComparison.Ordinal));
    }

    /// <summary>How many times the maintainer woke; null where there is none.</summary>
    private static string? Wakes(MemcachedServer server) =>
        server.Connection.Statistics(string.Empty).GetValueOrDefault("lru_maintainer_juggles");

    /// <summary>How many of the stores fit into memory.</summary>
    private static int BeforeEviction(AllocationEvent[] stores, (string Key, string Value)[] settings)
    {
        MemcachedModel model = MemcachedComparison.Model(settings);
        return Array.FindIndex(stores, store => model.Apply(store).Evicted > 0);
    }

    private static IEnumerable<long> Expired(AllocationEvent[] stored) =>
        stored.Where(stored => stored.Milliseconds > 0).Select(stored => stored.Id).Distinct();

    /// <param name="Version">Of memcached.</param>
    /// <param name="Operations">Operations compared.</param>
    /// <param name="Differences">How many answers or counters differed.</param>
    /// <param name="MayBePassedOver">Whether all that differed may be items that the maintainer held.</param>
    private readonly record struct Outcome(string Version, long Operations, long Differences, bool MayBePassedOver);
}
