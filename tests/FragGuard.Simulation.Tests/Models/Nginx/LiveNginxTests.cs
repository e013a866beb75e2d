using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>The models against a real nginx: every answer and free_space, and the zone's memory at checkpoints.</summary>
public sealed class LiveNginxTests(ITestOutputHelper output)
{
    private const long RealClockStart = 1_700_000_000_000;
    private const int Checkpoints = 6;

    [Theory]
    [InlineData("40k", 100, 60_000, 1)]
    [InlineData("100k", 300, 60_000, 2)]
    [InlineData("1m", 4_000, 100_000, 3)]
    [InlineData("4m", 20_000, 200_000, 4)]
    public void RandomOperations_AnswerAndPlaceAlike(string zone, int keys, int operations, int seed) =>
        Compare(
            zone, LuaDictTraces.Random((ulong)seed, operations, keys),
            $"random operations with evictions, {keys} keys, zone {zone}, seed {seed}");

    [Theory]
    [InlineData("40k", 60, 60_000, 7)]
    [InlineData("256k", 400, 80_000, 8)]
    [InlineData("2m", 3_000, 120_000, 9)]
    public void RandomOperationsWithLists_AnswerAndPlaceAlike(string zone, int keys, int operations, int seed) =>
        Compare(
            zone, LuaDictTraces.RandomWithLists((ulong)seed, operations, keys),
            $"random operations with lists, touch and incr init, {keys} keys, zone {zone}, seed {seed}");

    [Theory]
    [InlineData("lua-dict-empty-zone.txt", "40k")]
    [InlineData("lua-dict-numbers-until-full.txt", "40k")]
    [InlineData("lua-dict-odd-keys-deleted.txt", "40k")]
    [InlineData("lua-dict-first-half-deleted.txt", "40k")]
    [InlineData("lua-dict-numbers-until-full-40m.txt", "40m")]
    public void ArticleWorkloads_AnswerAndPlaceAlike(string workload, string zone) =>
        Compare(zone, WorkloadReader.Read(File.ReadLines(Samples.PathOf(workload))), workload);

    [Theory]
    [InlineData("64k", 60_000, 5)]
    [InlineData("2m", 120_000, 6)]
    public void RandomBlocks_ArePlacedAlike(string zone, int operations, int seed)
    {
        using NginxReplay replay = Replay(zone);
        AllocationTrace trace = SlabTraces.Random((ulong)seed, operations);
        AllocationEvent[] events = trace.Events.ToArray();
        IReadOnlyList<NginxReply> replies = replay.Run(
            ["zone\tcats", .. events.Select(next => NginxReplay.CommandFor(next, trace.NameOf(next.Id))), "dump\tend"]);

        LuaSharedDictModel dict = Create(zone, "cats", "0.10.23");
        NginxSlabModel model = new(dict.Pool);
        LiveTally tally = new();
        for (int i = 0; i < events.Length; i++)
            tally.Count(events[i], model.Apply(events[i]), model.Counters, replies[i + 1]);

        tally.AssertNoDifference();
        AssertSameMemory(replay.Dump("end", replies[^1]), dict, trace.NameOf, clock: 0);
        output.WriteLine($"blocks in a zone of {zone}: {tally}; memory compared at the end");
        FidelityResults.Exact(
            output, "nginx-slab", $"random blocks, zone {zone}, seed {seed}", "nginx slab allocator", tally.Operations,
            "operations: answer, address, free space; at the end every list and page", tally.Different);
    }

    [Fact]
    public void EmptyZones_HaveTheSamePages()
    {
        Dictionary<string, string> zones = new[] { "12k", "16k", "64k", "100k", "1m", "10m", "100m", "8197", "50001" }
            .ToDictionary(size => $"z{size}", size => size, StringComparer.Ordinal);
        // The shortest zones do not even hold their own records under a short name, but do under a long one.
        zones.Remove("z8197");
        zones.Add("a-name-so-long-that-both-records-share-a-class", "8197");
        using NginxReplay replay = new(LivePrograms.RequireNginxWithLua()) { Zones = zones };

        IReadOnlyList<NginxReply> replies =
            replay.Run(zones.Keys.SelectMany(name => new[] { $"zone\t{name}", $"dump\t{name}" }));

        int i = 1;
        foreach ((string name, string size) in zones)
        {
            LuaSharedDictModel model = Create(size, name, "0.10.23");
            ZoneDump dump = replay.Dump(name, replies[i]);
            Assert.Equal(dump.Pages, model.Pool.Geometry.Pages);
            Assert.Equal(dump.FirstPageBytes, model.Pool.Geometry.FirstPageBytes);
            Assert.Equal(replies[i].FreeSpaceBytes, model.Counters.FreePageBytes);
            AssertSameMemory(dump, model, key => key.ToString(CultureInfo.InvariantCulture), clock: 0);
            i += 2;
        }

        FidelityResults.Exact(
            output, "nginx-slab", "empty zones", "nginx slab allocator", zones.Count, "zones: every page, list and entry", 0);
    }

    private void Compare(string zone, AllocationTrace trace, string stream)
    {
        using NginxReplay replay = Replay(zone);
        AllocationEvent[] events = trace.Events.ToArray();
        int interval = Math.Max(1, (events.Length + Checkpoints - 1) / Checkpoints);
        List<string> commands = ["version", "zone\tcats", "time\t0"];
        for (int i = 0; i < events.Length; i++)
        {
            commands.Add(NginxReplay.CommandFor(events[i], trace.NameOf(events[i].Id)));
            if ((i + 1) % interval == 0 && i + 1 < events.Length)
                commands.Add($"dump\tdump{i}");
        }

        commands.Add("dump\tend");
        IReadOnlyList<NginxReply> replies = replay.Run(commands);

        LuaSharedDictModel model = Create(zone, "cats", VersionText(replies[0].Answer));
        LiveTally tally = new();
        long clock = 0;
        int reply = 3;
        int dumps = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (events[i].Kind == AllocationEventKind.Time)
                clock = events[i].Milliseconds;
            EventOutcome outcome = model.Apply(events[i]);
            tally.Count(events[i], outcome, model.Counters, replies[reply++], LengthAfter(events[i], outcome, model));
            if (reply == replies.Count - 1 || !commands[reply].StartsWith("dump", StringComparison.Ordinal))
                continue;
            ZoneDump dump = replay.Dump(commands[reply].Split('\t')[1], replies[reply]);
            tally.AssertNoDifference();
            AssertSameMemory(dump, model, trace.NameOf, clock);
            dumps++;
            reply++;
        }

        tally.AssertNoDifference();
        AssertSameMemory(replay.Dump("end", replies[^1]), model, trace.NameOf, clock);
        output.WriteLine(
            $"entries in a zone of {zone}, ngx_lua {replies[0].Answer}: {tally}; "
            + $"memory compared {dumps + 1} times, {model.Count} entries at the end");
        FidelityResults.Exact(
            output, "lua-shared-dict", stream, $"ngx_lua {VersionText(replies[0].Answer)}", tally.Operations,
            "operations: answer, eviction, free space; at checkpoints every list, page and entry in order", tally.Different);
    }

    /// <summary>What the real call says of the list's length: a push or a query that found one.</summary>
    private static int LengthAfter(in AllocationEvent played, EventOutcome outcome, LuaSharedDictModel model) =>
        (played.Kind, outcome.Answer) is
            (AllocationEventKind.PushLeft or AllocationEventKind.PushRight, EventAnswer.Ok)
            or (AllocationEventKind.ListLength, EventAnswer.Hit)
            ? model.LengthOf(played.Id)
            : 0;

    private static NginxReplay Replay(string zone) => new(LivePrograms.RequireNginxWithLua())
    {
        Zones = new Dictionary<string, string>(StringComparer.Ordinal) { ["cats"] = zone },
    };

    private static void AssertSameMemory(ZoneDump dump, LuaSharedDictModel model, Func<long, string> nameOf, long clock)
    {
        Assert.Equal(dump.FreePages, model.Pool.FreePages);
        Assert.Equal(dump.FreeRuns(), model.Pool.FreeRuns());
        for (int i = 0; i < model.Pool.Geometry.ClassCount; i++)
        {
            Assert.Equal(dump.PartialPages(i), model.Pool.PartialPages(i));
            Assert.Equal(dump.StatisticsOf(i), model.Pool.StatisticsOf(i));
        }

        Assert.Equal(
            dump.ByUse().Select(entry => (
                entry.Key, entry.OffsetBytes, entry.ValueBytes, entry.Elements, entry.Length,
                Expiry(entry.ExpiresAt, RealClockStart + clock))),
            model.ByUse().Select(item => (
                nameOf(item.Key), item.OffsetBytes, item.ValueBytes, Text(item.Elements),
                (long)(item.Elements?.Count ?? 0), Flushed(item.TimeToLive))));
    }

    private static string? Text(IReadOnlyList<LuaDictElement>? elements) => elements is null
        ? null
        : string.Join(' ', elements.Select(element => $"{element.OffsetBytes}:{element.ValueBytes}"));

    private static long? Expiry(long expiresAt, long now) => expiresAt == 0 ? null : Flushed(expiresAt - now);

    /// <summary>flush_all dates entries back to the first millisecond of the clock, whenever that was.</summary>
    private static long? Flushed(long? timeToLive) => timeToLive < -100_000_000_000 ? long.MinValue : timeToLive;

    private static LuaSharedDictModel Create(string zone, string name, string version) =>
        (LuaSharedDictModel)AllocatorModels.Create(
            "lua-shared-dict",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["zone"] = zone,
                ["name"] = name,
                ["version"] = version,
                ["page"] = Environment.SystemPageSize.ToString(CultureInfo.InvariantCulture),
            });

    /// <summary>0.10.23 from 10023.</summary>
    private static string VersionText(string number)
    {
        int parts = int.Parse(number, CultureInfo.InvariantCulture);
        return $"{parts / 1_000_000}.{parts / 1_000 % 1_000}.{parts % 1_000}";
    }
}
