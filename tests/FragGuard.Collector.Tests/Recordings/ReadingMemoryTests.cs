using System;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;

namespace FragGuard.Collector.Tests.Recordings;

/// <summary>
/// The short recordings fill what is bounded already. Nothing else runs beside these: they look at the memory of the whole
/// process.
/// </summary>
[CollectionDefinition(nameof(ReadingMemoryTests), DisableParallelization = true)]
[Collection(nameof(ReadingMemoryTests))]
public sealed class ReadingMemoryTests : IDisposable
{
    private const int Looks = 40;
    private const long NoiseBytes = 8L << 20;
    private const long MaxBytes = 250L << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run", "rents", 200_000, 800_000)]
    [InlineData("run", "large 90000 200000", 150_000, 450_000)]
    public async Task RecordingSeveralTimesAsLong_IsReadInTheSameMemory(string profile, string workload, int count, int longCount)
    {
        (long shortBytes, long shortEvents) = await ReadAsync("short.nettrace", profile, $"{workload} {count}");
        (long longBytes, long longEvents) = await ReadAsync("long.nettrace", profile, $"{workload} {longCount}");

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{shortEvents:N0} events {shortBytes:N0} bytes, {longEvents:N0} events {longBytes:N0} bytes");
        Assert.True(longEvents > 2 * shortEvents, $"{shortEvents} and {longEvents} events");
        Assert.True(longBytes < shortBytes + NoiseBytes, $"{shortBytes:N0} and {longBytes:N0} bytes");
        Assert.True(longBytes < MaxBytes, $"{longBytes:N0} bytes");
    }

    private async Task<(long LiveBytes, long Events)> ReadAsync(string name, string profile, string workload)
    {
        string file = await RecordedFile.OfAsync(
            _folder.File(name), TraceProfile.ByName(profile), [.. workload.Split(' ')]);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using SampledStream stream = new(file, new System.IO.FileInfo(file).Length / Looks);
        RecordedRun run = RecordingReader.Read(stream, file, ReadingOptions.Default);
        long live = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(run);
        return (Math.Max(live, stream.MostLiveBytes) - before, run.EventsRead);
    }
}
