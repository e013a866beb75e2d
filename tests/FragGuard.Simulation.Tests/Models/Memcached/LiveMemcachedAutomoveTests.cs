using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>
/// Reads, a segmented LRU and the page mover: memcached's threads act when they come to it, so the outcome is close, not
/// equal. Each side stores what its own reads missed, as a cache in front of a database does, while the sizes of what is
/// asked for change: pages have to move from class to class.
/// </summary>
public sealed class LiveMemcachedAutomoveTests(ITestOutputHelper output)
{
    private const int Seconds = 14;
    private const int ReadsPerSecond = 24_000;
    private const int ReadsAtOnce = 1_000;
    private const int PauseMilliseconds = 30;
    private const double BoundPercent = 5;
    private const string Stream = "reads and what they miss, page mover with a window of 3 s";

    [Fact]
    public void PagesEvictionsAndHits_AreClose()
    {
        using MemcachedServer server = new("-m", "48", "-o", "slab_automove_window=3");
        MemcachedModel model = MemcachedComparison.Model(("memory", "48m"), ("automove_window", "3"));
        SeededRandom random = new(1);
        (long realHits, long modelHits) = (0, 0);
        long second = MemcachedClock.Seconds(server);
        for (int i = 0; i < Seconds; i++)
        {
            second = MemcachedClock.WaitFor(server, second + 1);
            for (int reads = 0; reads < ReadsPerSecond; reads += ReadsAtOnce)
            {
                // Spread over the second, so that memcached's threads keep up as they do under an even load.
                Thread.Sleep(PauseMilliseconds);
                long now = MemcachedClock.Seconds(server);
                model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: now * 1_000));
                AllocationEvent[] gets = Enumerable.Range(0, ReadsAtOnce).Select(_ => Read(random, i)).ToArray();
                AllocationEvent[] real = server.Connection.Play(gets)
                    .Where(pair => MemcachedConnection.AnswerOf(pair.Played, pair.Reply) != EventAnswer.Hit)
                    .Select(pair => pair.Played).ToArray();
                AllocationEvent[] modelled = gets.Where(get => model.Apply(get).Answer != EventAnswer.Hit).ToArray();
                realHits += ReadsAtOnce - real.Length;
                modelHits += ReadsAtOnce - modelled.Length;
                foreach (var _ in server.Connection.Play(Stores(real)))
                {
                }

                foreach (AllocationEvent store in Stores(modelled))
                    model.Apply(store);
            }
        }

        Dictionary<string, string> all = server.Connection.Statistics(string.Empty);
        Dictionary<string, string> slabs = server.Connection.Statistics("slabs");
        MemcachedClass[] classes = model.Classes().ToArray();
        foreach (MemcachedClass slab in classes)
            output.WriteLine($"class {slab.Class}: {Pages(slabs, slab.Class)} pages, {slab.Pages} in the model");
        output.WriteLine($"{all["slabs_moved"]} pages moved, {model.MovedPages} in the model");
        output.WriteLine($"{all["evictions"]} evictions, {classes.Sum(slab => slab.Evicted)} in the model");
        output.WriteLine($"{realHits} hits, {modelHits} in the model");
        long realPages = slabs.Keys.Where(key => key.EndsWith(":total_pages", StringComparison.Ordinal))
            .Sum(key => Number(slabs, key));
        long differing = Enumerable.Range(1, 63).Sum(i => Math.Abs(
            Pages(slabs, i) - classes.Where(slab => slab.Class == i).Sum(slab => slab.Pages)));
        Report("pages of a class", differing / 2, realPages, "% of all pages");
        Report(
            "evictions", Math.Abs(Number(all, "evictions") - classes.Sum(slab => slab.Evicted)), Number(all, "evictions"),
            "% of evictions");
        Report("hits", Math.Abs(realHits - modelHits), realHits, "% of hits");

        void Report(string what, long difference, long whole, string unit) => FidelityResults.Within(
            output, "memcached", $"{Stream}: {what}", "memcached " + all["version"], Seconds * ReadsPerSecond, "reads",
            100.0 * difference / whole, BoundPercent, unit);
    }

    private static IEnumerable<AllocationEvent> Stores(IEnumerable<AllocationEvent> missed) =>
        missed.Select(get => get with { Kind = AllocationEventKind.Set, Bytes = ValueBytes(get.Id) });

    /// <summary>
    /// Keys of four kinds of values; mostly one of them is asked for at a time, first the small ones, later larger
    /// ones. A key is the likelier the smaller it is.
    /// </summary>
    private static AllocationEvent Read(SeededRandom random, int second)
    {
        long kind = random.Next(1, 10) <= 8 ? (second < 4 ? 0 : second < 9 ? 1 : 2) : random.Next(0, 3);
        double share = random.NextRatio();
        long key = kind * 1_000_000 + 1 + (long)(share * share * KeysOf(kind));
        return new AllocationEvent(AllocationEventKind.Get, key, KeyBytes: 10);
    }

    private static long KeysOf(long kind) => kind switch { 0 => 150_000, 1 => 30_000, 2 => 12_000, _ => 2_000 };

    private static long ValueBytes(long key) => (key / 1_000_000) switch
    {
        0 => 200 + key % 100,
        1 => 1_500 + key % 200,
        2 => 4_000 + key % 400,
        _ => 15_000 + key % 1_000,
    };

    private static long Pages(Dictionary<string, string> slabs, int slabClass) =>
        Number(slabs, slabClass.ToString(CultureInfo.InvariantCulture) + ":total_pages");

    private static long Number(Dictionary<string, string> statistics, string name) =>
        statistics.TryGetValue(name, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}
