using System;
using System.Collections.Generic;
using System.IO;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;

namespace FragGuard.Collector.Tests.Events;

/// <summary>Recordings of format version 6.</summary>
public sealed class LibraryReaderTests : IDisposable
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const string Pools = "System.Buffers.ArrayPoolEventSource";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EventsOfTheRuntimeAndOfEventSources_ReachTheirHandlers_WithoutStacks()
    {
        byte[] payload = [1, 0, 0, 0, 2, 0, 0, 0];
        byte[] bytes = New()
            .Stack(1, 0x1000, 0x2000)
            .Event(1, 5, 1, 2500, stack: 1, payload)
            .Event(2, 5, 2, 3500, stack: 1, payload)
            .End();
        using MemoryStream stream = new(bytes);

        (List<SeenEvent> events, ReadingState state) = Readings.Read(stream, [(Runtime, 1), (Pools, 1)]);

        Assert.Equal(
            [new(2_500_000, Runtime, 1, 2, 777, SeenEvent.HashOf(payload), 0), new(3_500_000, Pools, 1, 0, 777, SeenEvent.HashOf(payload), 0)],
            events);
        Assert.Equal((2L, 3.5, 4321, 12), (state.Events, state.LastMs, state.ProcessId, state.Processors));
        Assert.Equal(new DateTime(2026, 3, 30, 11, 22, 33, 444, DateTimeKind.Utc), state.StartedUtc);
        Assert.Null(state.Damage);
        Assert.False(state.HasStacks);
    }

    [Fact]
    public void File_IsReadIntoARun_ThatSaysWhatItsFormatHides()
    {
        RecordedRun run = RecordingReader.Read(Write(BlockRecordingBytes.WithOneGc()), TestContext.Current.CancellationToken);

        RecordedGc gc = Assert.Single(run.Collections);
        Assert.Equal((1, 2), (gc.Number, gc.Generation));
        Assert.Equal(4321, run.Target.ProcessId);
        Assert.Contains(run.Omissions, said => said.Contains("version 6", StringComparison.Ordinal));
        Assert.False(run.IsTruncated);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    [InlineData(1)]
    public void CutFile_IsReadUpToTheCut_AndSaysSo(int missingBytes)
    {
        byte[] whole = BlockRecordingBytes.WithOneGc();

        RecordedRun run = RecordingReader.Read(Write(whole[..^missingBytes]), TestContext.Current.CancellationToken);

        Assert.Equal(2, run.EventsRead);
        Assert.Equal($"ends at byte {whole.Length - missingBytes} without its end mark", run.Damage);
    }

    [Fact]
    public void CutAnywhere_IsARunOrOneClearError()
    {
        byte[] whole = BlockRecordingBytes.WithOneGc();
        for (int length = 0; length < whole.Length; length++)
        {
            string file = Write(whole[..length]);
            Exception? error = Record.Exception(() => RecordingReader.Read(file));
            Assert.True(error is null or RecordingFormatException, $"cut at {length}: {error}");
        }
    }

    [Fact]
    public void LaterMajorVersion_IsOneClearError()
    {
        string file = Write(new BlockRecordingBytes(majorVersion: 7).End());

        RecordingFormatException error =
            Assert.Throws<RecordingFormatException>(() => RecordingReader.Read(file));

        Assert.Contains("version 7; the newest that can be read is 6", error.Message, StringComparison.Ordinal);
    }

    private static BlockRecordingBytes New() =>
        new BlockRecordingBytes().Thread(5, 4321, 777).Kind(1, Runtime, 1, version: 2).Kind(2, Pools, 1, version: 0);

    private string Write(byte[] bytes)
    {
        string file = _folder.File("six.nettrace");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
