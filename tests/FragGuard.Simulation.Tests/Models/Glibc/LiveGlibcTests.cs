using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>The model against the system's glibc, operation by operation.</summary>
public sealed class LiveGlibcTests(ITestOutputHelper output, GlibcOfTheSystem system) : IClassFixture<GlibcOfTheSystem>
{
    private const int Operations = 1_000_000;
    private const int FewOperations = 200_000;

    public static TheoryData<string, ulong> Streams() => new(GlibcMixes.Streams.Select(stream => (stream.Key, stream.Seed)));

    [Theory, MemberData(nameof(Streams))]
    public void EveryAddressAndCounter_IsTheRealOne(string mix, ulong seed)
    {
        GlibcOperation[] operations = GlibcStreams.Random(seed, GlibcMixes.ByName[mix], Operations);
        GlibcComparison.Report(output, operations, system.Driver.Play(operations), GlibcComparison.Text($"{mix}, one thread, seed {seed}"));
    }

    [Theory]
    [InlineData("mmap_threshold", "0")]
    [InlineData("mmap_threshold", "20000")]
    [InlineData("mmap_threshold", "3000000")]
    [InlineData("trim_threshold", "300000")]
    [InlineData("trim_threshold", "0")]
    [InlineData("top_pad", "0")]
    [InlineData("top_pad", "1000000")]
    [InlineData("tcache_count", "0")]
    [InlineData("tcache_count", "100")]
    [InlineData("mxfast", "0")]
    [InlineData("mxfast", "160")]
    public void Tunable_IsFollowed(string tunable, string value)
    {
        GlibcOperation[] operations = GlibcStreams.Random(21, GlibcMix.Few, FewOperations);
        GlibcComparison.Report(
            output, operations, system.Driver.Play(operations, tunables: $"glibc.malloc.{tunable}={value}"),
            $"{tunable}={value}, one thread, seed 21", (tunable, value));
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(12, 1)]
    [InlineData(13, 4)]
    public void Server_IsExact(ulong seed, int threads)
    {
        GlibcOperation[] operations = GlibcServer.Operations(seed, Operations, threads);
        GlibcComparison.Report(
            output, operations, system.Driver.Play(operations),
            GlibcComparison.Text($"server with sessions, {threads} threads in turns, seed {seed}"));
    }

    /// <summary>glibc computes the bytes to give back without a sign: from a smallest top it takes a page more instead.</summary>
    [Fact]
    public void TrimOfASmallestTop_GrowsIt()
    {
        const int wholeTop = (132 << 10) - 0x290 - 32 - 8;
        GlibcOperation[] operations =
        [
            new(GlibcOperationKind.Allocate, 0, 0, 0, wholeTop), new(GlibcOperationKind.Info, 0, 0, 0, 0),
            new(GlibcOperationKind.Trim, 0, 0, 0, 0), new(GlibcOperationKind.Info, 0, 0, 0, 0),
            new(GlibcOperationKind.Allocate, 0, 0, 1, 100), new(GlibcOperationKind.Info, 0, 0, 0, 0),
        ];
        GlibcResults results = system.Driver.Play(operations);
        GlibcComparison.Report(output, operations, results, "trim of a smallest top");
    }

    /// <summary>The flag in the size field counts, so that a mapping of exactly 32 MiB moves no threshold.</summary>
    [Theory]
    [InlineData((32 << 20) - 4_200)]
    [InlineData((32 << 20) - 100)]
    public void MappingsUpTo32MiB_MoveTheThreshold(uint bytes)
    {
        GlibcOperation[] operations =
        [
            new(GlibcOperationKind.Allocate, 0, 0, 0, bytes), new(GlibcOperationKind.Free, 0, 0, 0, 0),
            new(GlibcOperationKind.Allocate, 0, 0, 1, 200_000), new(GlibcOperationKind.Info, 0, 0, 0, 0),
        ];
        GlibcResults results = system.Driver.Play(operations);
        GlibcComparison.Report(output, operations, results, GlibcComparison.Text($"freed mapping for {bytes} bytes"));
    }

    /// <summary>A request sorts at most 10 000 chunks before it looks for one that fits.</summary>
    [Fact]
    public void ManyUnsortedChunks_AreSortedByParts()
    {
        const uint blocks = 50_000;
        List<GlibcOperation> operations = [];
        for (uint i = 0; i < blocks; i++)
            operations.Add(new GlibcOperation(GlibcOperationKind.Allocate, 0, 0, i, 1_100 + (i % 1_009)));
        for (uint i = 0; i < blocks; i += 2)
            operations.Add(new GlibcOperation(GlibcOperationKind.Free, 0, 0, i, 0));
        for (uint i = 0; i < 12; i++)
        {
            operations.Add(new GlibcOperation(GlibcOperationKind.Allocate, 0, 0, blocks + i, 700 + (i * 97)));
            operations.Add(new GlibcOperation(GlibcOperationKind.Info, 0, 0, 0, 0));
        }

        GlibcResults results = system.Driver.Play(operations.ToArray());
        GlibcComparison.Report(output, [.. operations], results, "25 000 unsorted chunks");
    }

    /// <summary>Sizes no machine has are refused by both, and leave both in the same state.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SizesBeyondAnyMemory_AreRefused(int threads)
    {
        List<GlibcOperation> operations = [.. GlibcStreams.Random(71, GlibcMix.Few, 2_000, threads)];
        foreach (ulong bytes in new ulong[] { long.MaxValue, 1UL << 62, 1UL << 48, long.MaxValue - 4_095 })
        {
            foreach (GlibcOperationKind kind in new[]
            {
                GlibcOperationKind.Allocate, GlibcOperationKind.AllocateZeroed, GlibcOperationKind.AllocateAligned,
                GlibcOperationKind.Reallocate,
            })
            {
                if (kind == GlibcOperationKind.Reallocate)
                    operations.Add(new GlibcOperation(GlibcOperationKind.Allocate, 0, 0, 1_000, 2_000));
                operations.Add(new GlibcOperation(kind, 6, (ushort)(operations.Count % threads), 1_000, bytes));
                operations.Add(new GlibcOperation(GlibcOperationKind.Info, 0, 0, 0, 0));
                operations.Add(new GlibcOperation(GlibcOperationKind.Free, 0, 0, 1_000, 0));
                uint freshSlot = (uint)(1_001 + operations.Count);
                operations.AddRange(GlibcStreams.Random(bytes, GlibcMix.Few with { Slots = 1 }, 200, threads).Select(
                    operation => operation with { Slot = freshSlot }));
            }
        }

        GlibcResults results = system.Driver.Play(operations.ToArray());
        GlibcComparison.Report(output, [.. operations], results, GlibcComparison.Text($"sizes beyond any memory, {threads} threads in turns"));
    }

    [Theory]
    [InlineData(6, 0, 31)]
    [InlineData(6, 1, 32)]
    [InlineData(6, 2, 33)]
    [InlineData(6, 4, 34)]
    [InlineData(40, 0, 35)]
    public void SeveralArenas_AreExactInTheOrderGiven(int threads, int arenaMax, ulong seed)
    {
        GlibcOperation[] operations = GlibcStreams.Random(seed, GlibcMix.Shared, FewOperations, threads);
        GlibcResults results = system.Driver.Play(
            operations, tunables: arenaMax > 0 ? GlibcComparison.Text($"glibc.malloc.arena_max={arenaMax}") : string.Empty);
        GlibcComparison.Report(
            output, operations, results, GlibcComparison.Text($"{threads} threads in turns, arena_max {arenaMax}, seed {seed}"),
            ("arena_max", GlibcComparison.Text($"{arenaMax}")), ("cores", GlibcComparison.Text($"{results.Cores}")));
    }

    [Theory]
    [InlineData(1, 41)]
    [InlineData(4, 42)]
    public void HeapsOf64MiB_ComeAndGo(int threads, ulong seed)
    {
        GlibcOperation[] operations = GlibcStreams.Random(seed, GlibcMix.Bulky, FewOperations / 10, threads);
        GlibcComparison.Report(
            output, operations, system.Driver.Play(operations, tunables: "glibc.malloc.mmap_threshold=33554432"),
            GlibcComparison.Text($"bulky blocks, {threads} threads in turns, seed {seed}"), ("mmap_threshold", "32m"));
    }

    [Theory]
    [InlineData("few blocks", 1, 51)]
    [InlineData("large blocks", 1, 52)]
    [InlineData("aligned blocks", 1, 53)]
    [InlineData("mapped blocks", 1, 54)]
    [InlineData("few blocks", 4, 55)]
    public void ResidentPages_AreTheRealOnes(string mix, int threads, ulong seed)
    {
        GlibcOperation[] operations = GlibcStreams.Random(
            seed, GlibcMixes.ByName[mix], FewOperations / 4, threads, GlibcOperationKind.Resident);
        GlibcComparison.Report(
            output, operations, system.Driver.Play(operations, fills: true),
            GlibcComparison.Text($"{mix} written to, {threads} threads in turns, seed {seed}"));
    }
}
