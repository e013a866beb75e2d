using System;
using System.IO;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Live;

/// <summary>Streams that are not what they should be.</summary>
public sealed class LiveReadingTests : IDisposable
{
    private static readonly TraceProfile Profile = TraceProfile.ByName("layout");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatIsNoStreamOfEvents_IsSaidInOneLine()
    {
        string? damage = await ReadAsync(new byte[5_000]);

        Assert.NotNull(damage);
        Assert.DoesNotContain('\n', damage);
    }

    [Fact]
    public async Task StreamThatEndsAtOnce_IsNoDamage()
    {
        Assert.Null(await ReadAsync([]));
        Assert.Null(await ReadAsync("Nettr"u8.ToArray()));
    }

    [Fact]
    public async Task CutStream_IsNoDamage()
    {
        byte[] recording = await RecordAsync();

        Assert.Null(await ReadAsync(recording[..(recording.Length / 2)]));
        Assert.Null(await ReadAsync(recording));
    }

    [Fact]
    public async Task MutatedStreams_EndWithOneLineAtMost()
    {
        byte[] recording = await RecordAsync();
        int seed = Random.Shared.Next();
        Random random = new(seed);
        int damaged = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] mutated = [.. recording];
            for (int flips = random.Next(1, 6); flips > 0; flips--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            using LiveReading reading = new(new MemoryStream(mutated), Profile, copy: null);
            string? damage = await reading.Completion.WaitAsync(Patience);
            LiveMoment moment = reading.Look();
            damaged += damage is null ? 0 : 1;

            Assert.False((damage ?? "").Contains('\n', StringComparison.Ordinal), $"seed {seed}");
            Assert.True(moment.Generations.Count is 0 or 5, $"seed {seed}");
        }

        Assert.True(damaged > 0, $"seed {seed}");
    }

    private async Task<byte[]> RecordAsync()
    {
        RecordingOptions options = new(_folder.File("run.nettrace"), Profile);
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("measures"), options);
        return await File.ReadAllBytesAsync((await session.WaitAsync().WaitAsync(Patience)).File);
    }

    private static async Task<string?> ReadAsync(byte[] bytes)
    {
        using LiveReading reading = new(new MemoryStream(bytes), Profile, copy: null);
        return await reading.Completion.WaitAsync(Patience);
    }
}
