using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Saved files of another machine, and what is advised there.</summary>
public sealed class KernelExplainTests : IDisposable
{
    /// <summary>A machine in trouble: nothing from order 4 on, wasteful caches, half of memory in the page cache, swap used.</summary>
    private static readonly Dictionary<string, string[]> Troubled = new(StringComparer.Ordinal)
    {
        ["buddyinfo.txt"] =
        [
            "Node 0, zone      DMA      1      1      0      0      2      1      1      0      1      1      3 ",
            "Node 0, zone   Normal 294421  80210   9120    410      0      0      0      0      0      0      0 ",
            "Node 1, zone   Normal 194421  70210   8120    310      0      0      0      0      0      0      0 ",
        ],
        ["memory"] =
        [
            "MemTotal:       16384000 kB", "MemFree:         2990000 kB", "Buffers:          120000 kB", "Cached:          7100000 kB",
            "Slab:            2500000 kB", "SReclaimable:    2000000 kB", "SwapTotal:       2000000 kB", "SwapFree:         200000 kB",
        ],
        ["slabs.log"] =
        [
            "slabinfo - version: 2.1",
            "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>",
            "dentry            900000 8400000    192   21    1 : tunables    0    0    0 : slabdata 400000 400000      0",
        ],
        ["counters"] = ["nr_free_pages 900000", "allocstall_normal 812", "compact_stall 912", "compact_fail 700", "thp_fault_fallback 3321"],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("html", "<svg")]
    [InlineData("svg", "<svg")]
    public async Task Pictures_AreDrawn(string format, string holds)
    {
        string file = _folder.PathOf("kernel." + format);

        (await ToolRun.Of(["kernel", "--explain", .. Save(), "-o", file])).Succeeded();

        string text = File.ReadAllText(file);
        Assert.Contains(holds, text, StringComparison.Ordinal);
        Assert.Contains("1 Normal", text, StringComparison.Ordinal);
        Assert.True(KernelMachine.IsPrivate(file));
    }

    [Fact]
    public async Task SavedFiles_AreExplainedWhateverTheirNames()
    {
        ToolRun run = await ToolRun.Of(["kernel", "--json", "--explain", .. Save()]);

        run.Succeeded();
        JsonNode root = JsonNode.Parse(run.Out)!;
        Assert.Null(root["release"]);
        JsonNode far = root["zones"]!.AsArray().Single(zone => (int?)zone!["node"] == 1)!;
        Assert.Equal("troubleLikely", (string?)far["outlook"]);
        Assert.Equal(3, (int?)far["largestOrder"]);
        Assert.Equal(1.0, (double?)far["unusable"]![4]);
        Assert.Equal("allServed", (string?)root["zones"]![0]!["outlook"]);
        Assert.Equal("dentry", (string?)root["slabs"]![0]!["name"]);
        Assert.Equal((400_000L * 4096) - (900_000 * 192), (long?)root["slabs"]![0]!["wasteBytes"]);
    }

    [Fact]
    public async Task RulesOfThumb_AreSaidInWords()
    {
        ToolRun run = await ToolRun.Of(["kernel", "--explain", .. Save()]);

        run.Succeeded();
        Assert.Contains("no block from order 4 on: trouble is overwhelmingly likely", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("Free blocks [measured]", run.Unwrapped, StringComparison.Ordinal);
        Assert.DoesNotContain("What could be done [measured]", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAdvice_HasItsCaution()
    {
        ToolRun run = await ToolRun.Of(["kernel", "--json", "--explain", .. Save()]);

        JsonNode[] advice = [.. JsonNode.Parse(run.Out)!["advice"]!.AsArray()!];
        Assert.All(advice, row => Assert.True(((string?)row["caution"])!.Length > 20));
        Assert.Contains("read from disk again", Caution(advice, "drop_caches"), StringComparison.Ordinal);
        Assert.Contains("stall", Caution(advice, "compact_memory"), StringComparison.Ordinal);
        Assert.Contains("looked up on disk", Caution(advice, "vfs_cache_pressure"), StringComparison.Ordinal);
        Assert.Contains("get slower", Caution(advice, "huge pages"), StringComparison.Ordinal);
        Assert.Contains("throttles", Caution(advice, "cgroups"), StringComparison.Ordinal);
        Assert.Contains("slower", Caution(advice, "numa=off"), StringComparison.Ordinal);
        Assert.Contains("out-of-memory", Caution(advice, "swappiness"), StringComparison.Ordinal);
        Assert.Contains("wholly empty", Caution(advice, "shrink one cache"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200_000, 5, "Raise", "Never above 5 to 10 %")]
    [InlineData(2_000_000, 5, "Lower", "above 5 to 10 %")]
    [InlineData(200_000, 0, null, null)]
    public void ReserveIsAdvisedOn_WithItsLimit(long kilobytes, int stalls, string? action, string? caution)
    {
        KernelSnapshot kernel = KernelSnapshot.From(
            [
                new KernelText(KernelTextKind.MemoryInfo, "meminfo", "MemTotal: 16384000 kB"),
                new KernelText(KernelTextKind.Counters, "vmstat", FormattableString.Invariant($"compact_stall {stalls}")),
            ],
            [], pageBytes: 4096, new KernelSettings(kilobytes, null, null, null));

        IReadOnlyList<KernelAdviceRow> advice = KernelAdvice.For(kernel);

        if (action is null || caution is null)
        {
            Assert.Empty(advice);
            return;
        }

        KernelAdviceRow row = Assert.Single(advice);
        Assert.StartsWith(action, row.Action, StringComparison.Ordinal);
        Assert.Contains(caution, row.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthyMachine_GetsNoAdvice()
    {
        string file = _folder.File("buddyinfo", "Node 0, zone   Normal 10 10 10 10 10 10 10 10 10 10 2000 ");

        ToolRun run = await ToolRun.Of("kernel", "--json", "--explain", file);

        Assert.Empty(JsonNode.Parse(run.Out)!["advice"]!.AsArray());
    }

    [Fact]
    public async Task DamagedAndForeignFiles_AreNamed()
    {
        string damaged = _folder.File("damaged", "Node 0, zone   Normal 10 10 ten ");
        string foreign = _folder.File("foreign", "Dear diary,");

        ToolRun run = await ToolRun.Of(["kernel", "--json", "--explain", .. Save(), damaged, foreign]);
        ToolRun alone = await ToolRun.Of("kernel", "--explain", foreign);
        ToolRun absent = await ToolRun.Of("kernel", "--explain", _folder.PathOf("absent"));

        run.Succeeded();
        JsonNode[] gaps = [.. JsonNode.Parse(run.Out)!["gaps"]!.AsArray()!];
        Assert.Equal([foreign, damaged], gaps.Select(gap => (string)gap["source"]!), StringComparer.Ordinal);
        alone.Failed(ExitCode.Arguments, "none of the kernel's texts");
        absent.Failed(ExitCode.Arguments, "absent");
    }

    private static string Caution(JsonNode[] advice, string action)
    {
        JsonNode? row = Array.Find(advice, row => ((string?)row["action"])!.Contains(action, StringComparison.OrdinalIgnoreCase));
        Assert.True(row is not null, $"No advice speaks of {action}.");
        return (string)row["caution"]!;
    }

    private string[] Save() => [.. Troubled.Select(file => _folder.File(file.Key, file.Value))];
}
