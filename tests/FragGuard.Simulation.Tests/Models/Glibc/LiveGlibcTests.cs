using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models.Glibc;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>The model against the system's glibc, operation by operation.</summary>
public sealed class LiveGlibcTests(ITestOutputHelper output, GlibcOfTheSystem system) : IClassFixture<GlibcOfTheSystem>
{
    private const int Operations = 1_000_000;

    public static TheoryData<string, ulong> Streams() => new(GlibcMixes.Streams.Select(stream => (stream.Key, stream.Seed)));

    [Theory, MemberData(nameof(Streams))]
    public void EveryAddressAndCounter_IsTheRealOne(string mix, ulong seed)
    {
        GlibcOperation[] operations = GlibcStreams.Random(seed, GlibcMixes.ByName[mix], Operations);
        Report(system, operations, string.Create(CultureInfo.InvariantCulture, $"{mix}, one thread, seed {seed}"));
    }

    private void Report(GlibcOfTheSystem glibc, GlibcOperation[] operations, string stream)
    {
        GlibcResults results = glibc.Driver.Play(operations);
        GlibcModel model = GlibcOfTheSystem.ModelOf(results);
        GlibcComparison comparison = new(model, results);
        comparison.Play(operations);
        Assert.True(comparison.Differences == 0, $"{stream}: {comparison.Differences} differences; {comparison.FirstDifference}");
        FidelityResults.Exact(
            output, "glibc", stream, $"glibc 2.{results.Minor}", comparison.Compared,
            "addresses and fields of mallinfo2", comparison.Differences);
    }
}
