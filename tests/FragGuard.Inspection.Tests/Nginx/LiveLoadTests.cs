using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Undisturbed;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>An nginx that works while it is read.</summary>
public sealed class LiveLoadTests(ITestOutputHelper output)
{
    private const int Reads = 100;
    private const int Clients = 4;

    private static string Churn(int changes) => $$"""
        local cats = ngx.shared.cats
        for i = 1, {{changes}} do
            cats:set("key" .. math.random(4000), string.rep("a", math.random(3000)), math.random(2) == 1 and 60 or 0)
            cats:delete("key" .. math.random(4000))
        end
        """;

    /// <param name="changes">Changes of one request: with many the worker is never idle.</param>
    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task UnderLoad_EveryReadingIsConsistentOrSaysThatItIsTorn(int changes)
    {
        using NginxServer nginx = new();
        RequestTimes quiet = await TimesAsync(nginx, changes, () => Thread.Sleep(1_000));
        List<SlabZone> read = [];
        using ProcessStates states = new(nginx.WorkerId);

        RequestTimes watched = await TimesAsync(nginx, changes, () =>
        {
            for (int i = 0; i < Reads; i++)
                read.Add(Read(nginx.WorkerId).Single(zone => zone.Label.Name is "cats"));
        });

        await states.RequireNeverStoppedAsync();
        output.WriteLine(
            $"{read.Count(zone => !zone.Reading.IsTorn)} of {Reads} readings consistent, {read.Sum(zone => zone.Reading.Attempts)} attempts, "
            + $"{read.Count(zone => zone.Dict is { IsWhole: true })} with all entries in their order, "
            + $"{read.Min(zone => zone.Dict!.Entries.Count)} to {read.Max(zone => zone.Dict!.Entries.Count)} entries");
        output.WriteLine($"without: {quiet}");
        output.WriteLine($"with {Reads} readings: {watched}");
        watched.RequireNotStoppedBesides(quiet);
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

    /// <summary>Full, with more entries than are read by following links in any time; what is kept of each is the result.</summary>
    [Fact]
    public void FullZoneOfOneGigabyte_IsReadWholeInLessThan64MegabytesBesidesTheResult()
    {
        const int MostKeptBytesOfAnEntry = 10;
        using NginxServer nginx = new("lua_shared_dict huge 1024m;");
        for (int first = 0; first < 900_000; first += 20_000)
            nginx.Lua($"for i = {first}, {first + 19_999} do ngx.shared.huge:set(i, string.rep('a', i * 7 % 2000)) end");
        using InspectedProcess process = InspectedProcess.Open(nginx.WorkerId);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();

        SlabZone zone = NginxZones.Read(process).Zones.Single(zone => zone.Label.Name is "huge");

        long milliseconds = watch.ElapsedMilliseconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long kept = zone.Dict!.Records.KeptBytes;
        output.WriteLine(
            $"{milliseconds} ms, {allocated / 1e6:0.0} MB allocated, {kept / 1e6:0.0} of them for {zone.Dict.Entries.Count} entries, "
            + $"{zone.FreePages} free pages, external {ZoneMetrics.Of(zone).External:0.00}");
        Assert.Equal(1L << 30, zone.Bytes);
        Assert.True(zone.Dict.IsWhole);
        Assert.False(zone.Dict.IsCut);
        Assert.Equal(nginx.LuaNumber("local n = #ngx.shared.huge:get_keys(0) return n"), zone.Dict.Entries.Count);
        Assert.True(zone.Dict.Entries.Count > 500_000);
        Assert.Equal(nginx.LuaNumber("return ngx.shared.huge:free_space()"), (long)zone.FreePages * zone.PageBytes);
        Assert.InRange(kept, 1, (long)zone.Dict.Entries.Count * MostKeptBytesOfAnEntry);
        Assert.InRange(allocated - kept, 0, 64_000_000);
    }

    private static Task<RequestTimes> TimesAsync(NginxServer nginx, int changes, Action meanwhile) =>
        RequestTimes.WhileAsync(meanwhile, Clients, () => nginx.Lua(Churn(changes)));

    private static IReadOnlyList<SlabZone> Read(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        return NginxZones.Read(process).Zones;
    }
}
