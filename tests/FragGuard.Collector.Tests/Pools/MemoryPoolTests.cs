using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Pools;

public sealed class MemoryPoolTests : IDisposable
{
    private const int BlockBytes = 4096;
    private const int Requests = 200;

    private readonly TemporaryFolder _folder = new();

    private string Recording => _folder.File("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pools")]
    [InlineData("full")]
    public async Task PoolOfKestrel_TellsWhatItHolds(string profile)
    {
        await using TraceSession session = await LaunchAsync(profile);
        MemoryPoolUse pool = await LoadUntilAsync(
            await AddressAsync(session), pool => pool is { RentedBytes: >= Requests * BlockBytes, PooledBytes: > 0 });
        await session.StopAsync().WaitAsync(Patience);

        Assert.Equal(("kestrel", true), (pool.Owner, pool.IsSinceStart));
        Assert.InRange(pool.PooledBytes, BlockBytes, pool.AllocatedBytes - pool.EvictedBytes);
        Assert.InRange(pool.PeakPooledBytes, pool.PooledBytes, pool.AllocatedBytes);
        Assert.All(
            [pool.PooledBytes, pool.AllocatedBytes, pool.EvictedBytes, pool.RentedBytes],
            bytes => Assert.Equal(0, bytes % BlockBytes));
        Assert.Equal(pool.Timeline.OrderBy(moment => moment.TimeMs), pool.Timeline);
        Assert.Equal(pool.PooledBytes, pool.Timeline[^1].PooledBytes);
    }

    [Fact]
    public async Task PoolThatWasThereBefore_CountsFromWhenItIsListenedTo()
    {
        await using TraceSession first = await LaunchAsync("heap");
        Uri address = await AddressAsync(first);
        await LoadAsync(address);
        await first.StopAsync().WaitAsync(Patience);

        await using TraceSession second = await TraceSession.AttachAsync(
            first.ProcessId, new RecordingOptions(Recording, TraceProfile.ByName("pools")));
        MemoryPoolUse pool = await LoadUntilAsync(address, pool => pool.RentedBytes >= Requests * BlockBytes);
        await second.StopAsync().WaitAsync(Patience);

        Assert.False(pool.IsSinceStart);
    }

    [Fact]
    public async Task ProgramWithoutSuchPools_SaysNothingOfThem() => Assert.Empty(
        (await WatchedRun.OfAsync(TargetProgram.Command("exit", "0"), TraceProfile.ByName("pools"))).Run.MemoryPools);

    private static async Task<Uri> AddressAsync(TraceSession session)
    {
        for (DateTime end = DateTime.UtcNow + Patience; DateTime.UtcNow < end; await Task.Delay(50))
        {
            string? line = session.Target!.Output.Split('\n').FirstOrDefault(line => line.StartsWith("serving ", StringComparison.Ordinal));
            if (line is not null && session.Target.Output.Contains('\n', StringComparison.Ordinal))
                return new Uri(line["serving ".Length..].Trim());
        }

        throw new TimeoutException("The server did not start.");
    }

    private static async Task LoadAsync(Uri address)
    {
        using HttpClient client = new() { Timeout = Patience };
        for (int i = 0; i < Requests / 8; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(address, "/rented"));
                Assert.Equal(1_000, (await answer.Content.ReadAsByteArrayAsync()).Length);
            }));
        }
    }

    private Task<TraceSession> LaunchAsync(string profile)
    {
        LaunchCommand command = TargetProgram.Command() with
        {
            Arguments = [TargetProgram.Server, "200"],
        };
        return TraceSession.LaunchAsync(
            command, new RecordingOptions(_folder.File($"launch-{profile}.nettrace"), TraceProfile.ByName(profile)));
    }

    // Reads what is written so far: a recording is readable while it grows. A pool that nobody rents from gives its blocks away.
    private async Task<MemoryPoolUse> LoadUntilAsync(Uri address, Predicate<MemoryPoolUse> isReached)
    {
        string[] files = Directory.GetFiles(Path.GetDirectoryName(Recording)!, "*.nettrace");
        string file = files.Contains(Recording, StringComparer.Ordinal) ? Recording : files[0];
        IReadOnlyList<MemoryPoolUse> pools = [];
        for (DateTime end = DateTime.UtcNow + Patience; DateTime.UtcNow < end; await Task.Delay(200))
        {
            await LoadAsync(address);
            try
            {
                pools = RecordingReader.Read(file).MemoryPools;
            }
            catch (RecordingFormatException)
            {
                // It has only begun.
                continue;
            }

            if (pools is [{ } pool] && isReached(pool))
                return pool;
        }

        throw new TimeoutException($"Never reached: {string.Join("; ", pools)}");
    }
}
