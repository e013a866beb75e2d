using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>How the bytes of a runtime get into the file.</summary>
public sealed class RecordingLoopTests : IDisposable
{
    private const int PieceBytes = 1_000;
    private const int Pieces = 2_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ConnectedSockets _sockets = new();
    private readonly FakeRuntime _runtime = new();

    public void Dispose()
    {
        _runtime.Dispose();
        _sockets.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AllPiecesOfTheRuntime_AreInTheFile_InOrder()
    {
        using LiveAnalysis live = new();
        using RecordingLoop loop = await StartAsync(live);
        byte[] sent = [.. Enumerable.Range(0, Pieces * PieceBytes).Select(i => (byte)(i / 7))];
        for (int i = 0; i < Pieces; i++)
            _sockets.Runtime.Send(sent.AsSpan(i * PieceBytes, PieceBytes));
        bool isDispatched = OperatingSystem.IsLinux() && _sockets.IsDispatched;
        _sockets.Runtime.Dispose();

        Assert.Equal(RecordingEnd.TargetExited, await loop.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(sent, await File.ReadAllBytesAsync(_folder.File("run.nettrace"), TestContext.Current.CancellationToken));
        Assert.Equal(sent.Length, live.Figures.RecordedBytes);
        Assert.False(isDispatched);
    }

    [Fact]
    public async Task SilentRuntime_DoesNotHoldUpAnEndAtOnce()
    {
        using LiveAnalysis live = new();
        using RecordingLoop loop = await StartAsync(live);
        _sockets.Runtime.Send(new byte[PieceBytes]);
        while (live.Figures.RecordedBytes < PieceBytes)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        loop.EndAtOnce(RecordingEnd.Aborted);

        Assert.Equal(RecordingEnd.Aborted, await loop.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(PieceBytes, new FileInfo(_folder.File("run.nettrace")).Length);
    }

    private async Task<RecordingLoop> StartAsync(LiveAnalysis live)
    {
        RecordingOptions options = new(_folder.File("run.nettrace"), TraceProfile.ByName("heap")) { MinFreeBytes = 0 };
        EventStream stream = new(FakeRuntime.SessionId, _sockets.Connection, IsLossless: false);
        RecordingFile file = await RecordingFile.OpenAsync(options.OutputFile, TestContext.Current.CancellationToken);
        return new RecordingLoop(_runtime.Port, stream, options, file.Begin(), live);
    }
}
