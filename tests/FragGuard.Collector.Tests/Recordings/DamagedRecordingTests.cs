using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;

namespace FragGuard.Collector.Tests.Recordings;

/// <summary>A small recording with GCs, survivors, large objects, rents and stacks, cut and damaged in every way.</summary>
public sealed class DamagedRecordingTests : IDisposable
{
    private const int Mutations = 10_000;
    private const long MaxBytes = 250L << 20;

    // Far more than any bounded reading takes on a busy machine.
    private const int PatienceMs = 20 * 60 * 1000;

    private static readonly string[] Large = ["large", "90000", "200000", "1000"];

    private static readonly TraceProfile Small = TraceProfile.Run with { HasRundown = false };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CutAtABlock_IsReadUpToIt_AndSaysWhere()
    {
        byte[] bytes = await RecordAsync(Large);
        IReadOnlyList<int> starts = BlockBoundaries.Of(bytes);
        RecordedRun whole = Read(bytes)!;
        Assert.Null(whole.Damage);
        Assert.True(starts.Count > 5, $"{starts.Count} blocks");
        long previous = 0;
        foreach (int start in starts)
        {
            if (Read(bytes[..start]) is not { } cut)
                continue;

            Assert.Equal($"ends at byte {start} without its end mark", cut.Damage);
            Assert.InRange(cut.EventsRead, previous, whole.EventsRead);
            previous = cut.EventsRead;
        }

        Assert.Equal(whole.EventsRead, previous);
    }

    [Fact]
    public async Task CutAnywhere_IsWhatTheBlocksBeforeItHold()
    {
        byte[] whole = await RecordAsync(Large);
        IReadOnlyList<int> starts = BlockBoundaries.Of(whole);
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < 300; i++)
        {
            int length = random.Next(whole.Length);
            int block = 0;
            while (starts[block + 1] <= length)
                block++;
            Assert.True(
                Read(whole[..length])?.EventsRead == Read(whole[..starts[block]])?.EventsRead,
                $"seed {seed}, cut at {length}");
        }
    }

    [Theory(Timeout = PatienceMs)]
    [InlineData("large", "90000", "200000", "500")]
    [InlineData("pools")]
    [InlineData("cache")]
    public async Task AnyMutation_IsARunOrOneClearError_InBoundedMemory(params string[] workload)
    {
        byte[] whole = await RecordAsync(workload);
        IReadOnlyList<int> starts = BlockBoundaries.Of(whole);
        int seed = Environment.TickCount;
        ConcurrentQueue<string> failures = new();
        int salvaged = 0;
        ConcurrentBag<long> sizes = [];
        await Task.Run(() => Parallel.For(0, Mutations, i =>
        {
            byte[] mutant = Mutation.Of(whole, starts, new Random(unchecked(seed + i)));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (Read(mutant) is { Damage: not null })
                    Interlocked.Increment(ref salvaged);
            }
            catch (Exception exception)
            {
                failures.Enqueue($"seed {seed} + {i}: {exception}");
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            sizes.Add(allocated);
            if (allocated > MaxBytes)
                failures.Enqueue($"seed {seed} + {i}: {allocated:N0} bytes");
        }));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {whole.Length:N0} bytes, {starts.Count} blocks; {salvaged:N0} of {Mutations:N0} salvaged, {sizes.Max():N0} bytes at most");
        Assert.Empty(failures);
        Assert.True(salvaged > Mutations / 10, $"only {salvaged} of {Mutations} were salvaged; seed {seed}");
    }

    private async Task<byte[]> RecordAsync(string[] workload) =>
        await File.ReadAllBytesAsync(await RecordedFile.OfAsync(_folder.File("small.nettrace"), Small, workload));

    private static RecordedRun? Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        try
        {
            return RecordingReader.Read(stream, "mutant", ReadingOptions.Default);
        }
        catch (RecordingFormatException)
        {
            return null;
        }
    }
}
