using System.Globalization;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Ruby;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Ruby;

/// <summary>What the article on Ruby's memory bloat shows: free memory that malloc keeps, trimming, and fewer arenas.</summary>
public sealed class RubyBloatTests(ITestOutputHelper output)
{
    private const int Threads = 32;
    private const int Rounds = 6;

    [Fact]
    public void MostOfTheBloat_IsFreeMemoryThatTrimmingReturns()
    {
        RubyHeapModel model = Play(arenaMax: 0, seed: 1);
        long bloated = model.Counters.ResidentBytes;
        model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));
        long trimmed = model.Counters.ResidentBytes;

        output.WriteLine(
            $"seed 1: {bloated >> 20} MiB resident, {model.Counters.LiveRequestedBytes >> 20} MiB live, "
            + $"{trimmed >> 20} MiB after a trim, {model.Pages * 16 >> 10} MiB of heap pages");
        Assert.True(bloated > 3 * model.Counters.LiveRequestedBytes);
        Assert.True(trimmed < bloated / 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FewerArenas_HoldLess(ulong seed)
    {
        long many = Play(arenaMax: 0, seed).Counters.ResidentBytes;
        long two = Play(arenaMax: 2, seed).Counters.ResidentBytes;

        output.WriteLine($"seed {seed}: {many >> 20} MiB with {Threads} arenas, {two >> 20} MiB with 2");
        Assert.True(two < many * 3 / 4);
    }

    [Theory]
    [InlineData("2.7", 0, 0, 407)]
    [InlineData("2.7", 0, 1, 408)]
    [InlineData("3.0", 0, 0, 408)]
    [InlineData("3.1", 0, 0, 408)]
    [InlineData("3.1", 0, 1, 409)]
    [InlineData("3.3", 0, 0, 1637)]
    [InlineData("3.3", 0, 2, 1638)]
    [InlineData("3.3", 1, 0, 818)]
    [InlineData("3.3", 4, 0, 101)]
    public void Page_HoldsSlotsByItsAddress(string version, int pool, long page, int slots) =>
        Assert.Equal(slots, RubyVersion.Of(version).Cut(pool, page).Slots);

    /// <summary>Threads take turns, as Ruby's lock makes them: each builds strings, keeps one in five hundred and drops the rest.</summary>
    private static RubyHeapModel Play(int arenaMax, ulong seed)
    {
        RubyHeapModel model = (RubyHeapModel)AllocatorModels.Create(
            "ruby-heap", [new("arena_max", arenaMax.ToString(CultureInfo.InvariantCulture))]);
        SeededRandom random = new(seed);
        long id = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int thread = 1; thread <= Threads; thread++)
            {
                model.Apply(new AllocationEvent(AllocationEventKind.Thread, thread));
                for (int i = 0; i < 1_000; i++)
                {
                    model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, random.Next(200, 20_000)));
                    if (random.Next(1, 500) != 1)
                        model.Apply(new AllocationEvent(AllocationEventKind.Free, id));
                    id++;
                }
            }
        }

        model.Apply(new AllocationEvent(AllocationEventKind.Collect, 2));
        return model;
    }
}
