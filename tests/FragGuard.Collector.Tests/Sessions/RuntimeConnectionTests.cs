using System;
using System.Buffers.Binary;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>What a connection to a runtime does when its peer is slow, ends, or never answers.</summary>
public sealed class RuntimeConnectionTests : IDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(50);

    private readonly ConnectedSockets _sockets = new();

    private RuntimeConnection Connection => _sockets.Connection;

    public void Dispose() => _sockets.Dispose();

    [Fact]
    public async Task SlowAnswerAndStream_AreRead_AndNoThreadButTheReaderWakesForThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a dispatcher waits for.");
        Task<byte[]> asking = PortMessage.AskAsync(
            Connection, PortCommand.StopTracing, new byte[8], TestContext.Current.CancellationToken);
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        _sockets.Runtime.Send(Answer());
        byte[] answer = await asking.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Task<int> reading = Task.Run(() => Connection.Read(new byte[64]));
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        _sockets.Runtime.Send(new byte[3]);

        Assert.Equal(8, answer.Length);
        Assert.Equal(3, await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.False(_sockets.IsDispatched);
    }

    [Fact]
    public async Task ConnectionReadAsynchronously_IsDispatched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a dispatcher waits for.");
        ValueTask<int> reading = Connection.ReadAsync(new byte[64], TestContext.Current.CancellationToken);
        _sockets.Runtime.Send(new byte[3]);

        Assert.Equal(3, await reading);
        Assert.True(_sockets.IsDispatched);
    }

    [Fact]
    public async Task EndedConnection_LetsItsReaderGo()
    {
        Task<int> reading = Task.Run(() => Connection.Read(new byte[64], 0, 64));
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);
        Connection.End();

        Assert.Equal(0, await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Connection.Dispose();
        Connection.End();
    }

    [Fact]
    public async Task PeerThatGoesAway_IsTheEnd()
    {
        Task waiting = Connection.WaitForBytesAsync(TestContext.Current.CancellationToken);
        _sockets.Runtime.Dispose();
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, Connection.Read(new byte[64]));
    }

    [Fact]
    public async Task SilentPeer_IsWaitedForUntilCancelled()
    {
        using CancellationTokenSource cancellation = new();
        Task waiting = Connection.WaitForBytesAsync(cancellation.Token);
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static byte[] Answer()
    {
        byte[] answer = [.. "DOTNET_IPC_V1\0"u8, 0, 0, 0xFF, 0, 0, 0, .. new byte[8]];
        BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(14), (ushort)answer.Length);
        return answer;
    }
}
