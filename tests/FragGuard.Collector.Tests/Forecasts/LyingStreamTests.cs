using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Tests.Recordings;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>Streams that no runtime writes: predicted somehow or not at all, without an error.</summary>
public sealed class LyingStreamTests(ITestOutputHelper output) : IDisposable
{
    private const int PatienceMs = 300_000;
    private const int Mutations = 200;
    private const int Heaps = 3_000;
    private const ulong RegionBytes = 1 << 20;
    private const ulong HeaderBytes = 40;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = PatienceMs)]
    public async Task AnyMutation_IsReadWithPredictions()
    {
        byte[] whole = await File.ReadAllBytesAsync(
            await RecordedFile.OfAsync(_folder.File("small.nettrace"), RecordedForecast.WithPins, ["mix", "1", "6", "100"]),
            TestContext.Current.CancellationToken);
        IReadOnlyList<int> starts = BlockBoundaries.Of(whole);
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        int predicted = 0;
        for (int i = 0; i < Mutations; i++)
            predicted += Predicted(Mutation.Of(whole, starts, new Random(unchecked(seed + i))));
        Assert.True(predicted > Mutations / 10, $"seed {seed}: {predicted} GCs predicted");
    }

    [Fact(Timeout = PatienceMs)]
    public async Task AnyHeap_IsPredictedOrNot()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await Task.Run(() =>
        {
            for (int i = 0; i < Heaps; i++)
                Collect(new Random(unchecked(seed + i)), gcs: 3);
        });
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(2, null)]
    [InlineData(-1, "a generation that no heap has")]
    [InlineData(3, "a generation that no heap has")]
    [InlineData(int.MaxValue, "a generation that no heap has")]
    public void GcOfNoGeneration_IsNotPredicted(int generation, string? says)
    {
        GenerationExtent region = new(0, RegionBytes + HeaderBytes, 800, RegionBytes - HeaderBytes);
        HeapState heap = new();
        GcLog log = new();
        GcOutlook outlook = new(heap, log);
        log.Started(1, generation, GcKind.Blocking, "AllocSmall", 1);
        outlook.Started(1, 1, generation, GcKind.Blocking, mustCompact: false);
        outlook.Listed(1, region);
        heap.Listed([region]);
        outlook.Observed!.Survived(region.Start, region.Start, 80);
        outlook.Measured(new GcMechanisms(1, generation, IsConcurrent: false, IsCompacting: false));
        outlook.Stopped(1);

        string? missing = log.Find(1)!.Prediction!.Missing;
        if (says is null)
            Assert.Null(missing);
        else
            Assert.Contains(says, missing, StringComparison.Ordinal);
    }

    private static int Predicted(byte[] mutant)
    {
        try
        {
            using MemoryStream stream = new(mutant);
            return RecordingReader.Read(stream, "mutant", new ReadingOptions { PredictsGcs = true })
                .Collections.Count(PredictionScore.IsScored);
        }
        catch (RecordingFormatException)
        {
            return 0;
        }
    }

    private static void Collect(Random random, int gcs)
    {
        HeapState heap = new();
        GcLog log = new();
        GcOutlook outlook = new(heap, log);
        for (int number = 1; number <= gcs; number++)
        {
            int generation = random.Next(30) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(3);
            GenerationExtent[] regions = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Region(random))];
            log.Started(number, generation, GcKind.Blocking, "AllocSmall", number);
            outlook.Started(1, number, generation, GcKind.Blocking, mustCompact: random.Next(3) == 0);
            foreach (GenerationExtent region in regions)
                outlook.Listed(1, region);
            heap.Listed(regions);
            SurvivorExtents survivors = new();
            survivors.Watch(FollowedAddresses.None, regions);
            for (int i = random.Next(200); i > 0; i--)
            {
                ulong start = regions[random.Next(regions.Length)].Start + (ulong)(random.Next(140_000) * 8);
                ulong moved = regions[random.Next(regions.Length)].Start + (ulong)(random.Next(140_000) * 8);
                ulong bytes = (ulong)random.Next(1, 3_000) * (random.Next(20) == 0 ? 1UL : 8);
                outlook.Observed!.Survived(start, moved, bytes);
                survivors.Add(new SurvivorExtent(start, moved, bytes));
                if (random.Next(10) == 0)
                    outlook.Observed.Pinned(start);
            }

            outlook.Measured(new GcMechanisms(1, generation, IsConcurrent: false, IsCompacting: random.Next(2) == 0));
            outlook.Stopped(number);
            heap.Collected(generation, survivors, [.. regions.Select(region => region with { Generation = Math.Min(2, region.Generation + 1) })]);
        }
    }

    private static GenerationExtent Region(Random random) => new(
        random.Next(3), ((ulong)random.Next(1, 40) * RegionBytes) + HeaderBytes, (ulong)random.Next(130_000) * 8, RegionBytes - HeaderBytes);
}
