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
