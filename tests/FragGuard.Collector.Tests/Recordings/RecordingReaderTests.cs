using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CutRecording_IsReadUpToTheCut()
    {
        byte[] whole = await RecordAsync();
        RecordedRun complete = RecordingReader.Read(_folder.File("whole.nettrace"));
        long previous = 0;
        foreach (double share in new[] { 0.3, 0.6, 0.9 })
        {
            RecordedRun cut = RecordingReader.Read(Write(whole[..(int)(whole.Length * share)]));

            Assert.True(cut.IsTruncated);
            Assert.InRange(cut.EventsRead, previous, complete.EventsRead);
            previous = cut.EventsRead;
        }

        Assert.True(previous > complete.EventsRead / 2, $"{previous} of {complete.EventsRead} events in 90 % of the bytes");
        RecordedRun lastByte = RecordingReader.Read(Write(whole[..^1]));
        Assert.True(lastByte.IsTruncated);
        Assert.Equal(complete.EventsRead, lastByte.EventsRead);
        Assert.False(complete.IsTruncated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Garbage_IsNoRecording(int bytes)
    {
        byte[] garbage = new byte[bytes];
        new Random(1).NextBytes(garbage);

        Assert.Throws<RecordingFormatException>(() => RecordingReader.Read(Write(garbage)));
    }

    [Fact]
    public async Task MagicFollowedByGarbage_IsNoRecording()
    {
        byte[] whole = await RecordAsync();
        byte[] mixed = new byte[5000];
        new Random(2).NextBytes(mixed);
        whole.AsSpan(0, 40).CopyTo(mixed);

        Assert.Throws<RecordingFormatException>(() => RecordingReader.Read(Write(mixed)));
    }

    [Fact]
    public void MissingFile_IsAnInputError() =>
        Assert.ThrowsAny<IOException>(() => RecordingReader.Read(_folder.File("none.nettrace")));

    [Fact]
    public async Task Cancellation_StopsReading()
    {
        await RecordAsync();
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();

        Assert.Throws<OperationCanceledException>(
            () => RecordingReader.Read(_folder.File("whole.nettrace"), cancellation.Token));
    }

    private async Task<byte[]> RecordAsync()
    {
        string file = _folder.File("whole.nettrace");
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command("large", "90000", "200000", "300"), new RecordingOptions(file, TraceProfile.Run));
        await session.WaitAsync().WaitAsync(Patience);
        return await File.ReadAllBytesAsync(file);
    }

    private string Write(byte[] bytes)
    {
        string file = _folder.File("cut.nettrace");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
