using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>An nginx that works while it is read.</summary>
public sealed class LiveLoadTests(ITestOutputHelper output)
{
    private const int Reads = 100;
    private const int Clients = 4;

    private const string Churn = """
        local cats = ngx.shared.cats
        for i = 1, 100 do
            cats:set("key" .. math.random(4000), string.rep("a", math.random(3000)), math.random(2) == 1 and 60 or 0)
            cats:delete("key" .. math.random(4000))
        end
        """;

    [Fact]
    public async Task UnderLoad_EveryReadingIsConsistentOrSaysThatItIsTorn()
    {
        using NginxServer nginx = new();
        double quiet = await WorstMillisecondsAsync(nginx, () => Thread.Sleep(1_000));
        List<SlabZone> read = [];
        HashSet<string> states = new(StringComparer.Ordinal);
        using CancellationTokenSource stop = new();
        Task watching = Task.Run(() => Watch(nginx.WorkerId, states, stop.Token));

        double watched = await WorstMillisecondsAsync(nginx, () =>
        {
            for (int i = 0; i < Reads; i++)
                read.Add(Read(nginx.WorkerId).Single(zone => zone.Label.Name is "cats"));
        });

        await stop.CancelAsync();
        await watching;
        output.WriteLine(
            $"{read.Count(zone => !zone.Reading.IsTorn)} of {Reads} readings consistent, {read.Sum(zone => zone.Reading.Attempts)} attempts, "
            + $"{read.Count(zone => zone.Dict is { IsWhole: true })} with all entries; "
            + $"worst request {quiet:0.0} ms without, {watched:0.0} ms with {Reads} reads");
        Assert.DoesNotContain(states, state => state[0] is 'T' or 't' || !state.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(read, zone => !zone.Reading.IsTorn);
        foreach (SlabZone zone in read)
        {
            if (zone.Reading.IsTorn)
                continue;
            Assert.Equal(0, zone.Reading.UnparsedPages);
            Assert.Equal(zone.PoolFreePages, zone.FreePages);
            Assert.All(zone.Classes, row => Assert.Equal((ulong)row.Used, row.PoolUsed));
        }

        SlabZone rest = Read(nginx.WorkerId).Single(zone => zone.Label.Name is "cats");
        Assert.False(rest.Reading.IsTorn);
        Assert.True(rest.Dict!.IsWhole);
        Assert.Equal(nginx.LuaNumber("return ngx.shared.cats:free_space()"), (long)rest.FreePages * rest.PageBytes);
        Assert.Equal(nginx.LuaNumber("return #ngx.shared.cats:get_keys(0)"), rest.Dict.Entries.Count - rest.Dict.Entries.Count(rest.Dict.IsExpired));
    }

    /// <summary>The memory that reading takes depends on the pages of a zone, not on its bytes.</summary>
    [Fact]
    public void ZoneOfOneGigabyte_TakesLessThan64Megabytes()
    {
        using NginxServer nginx = new("lua_shared_dict huge 1024m;");
        for (int first = 0; first < 100_000; first += 10_000)
            nginx.Lua($"for i = {first}, {first + 9_999} do ngx.shared.huge:set(i, string.rep('a', i % 3000)) end");
        using InspectedProcess process = InspectedProcess.Open(nginx.WorkerId);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();

        SlabZone zone = NginxZones.Read(process).Zones.Single(zone => zone.Label.Name is "huge");
        ZoneMetrics metrics = ZoneMetrics.Of(zone);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{watch.ElapsedMilliseconds} ms, {allocated / 1e6:0.0} MB allocated, external {metrics.External:0.00}");
        Assert.Equal(1L << 30, zone.Bytes);
        Assert.Equal(100_000, zone.Dict!.Entries.Count);
        Assert.Equal(nginx.LuaNumber("return ngx.shared.huge:free_space()"), (long)zone.FreePages * zone.PageBytes);
        Assert.InRange(allocated, 0, 64_000_000);
    }

    /// <summary>The slowest of all requests that some clients make meanwhile.</summary>
    private static async Task<double> WorstMillisecondsAsync(NginxServer nginx, Action meanwhile)
    {
        using CancellationTokenSource stop = new();
        Task<double>[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            double worst = 0;
            while (!stop.IsCancellationRequested)
            {
                long start = Stopwatch.GetTimestamp();
                await nginx.LuaAsync(Churn);
                worst = Math.Max(worst, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return worst;
        }))];
        await Task.Run(meanwhile);
        await stop.CancelAsync();
        return (await Task.WhenAll(clients)).Max();
    }

    /// <summary>Collects "state tracer" of a process, such as <c>S 0</c>.</summary>
    private static void Watch(int processId, HashSet<string> states, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            string[] lines = File.ReadAllLines($"/proc/{processId}/status");
            string Field(string name) => lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
            states.Add($"{Field("State:")[0]} {Field("TracerPid:")}");
        }
    }

    private static IReadOnlyList<SlabZone> Read(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        return NginxZones.Read(process).Zones;
    }
}
