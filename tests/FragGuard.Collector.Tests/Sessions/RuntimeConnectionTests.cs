using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>What a connection to a runtime does when its peer is slow, ends, or never answers.</summary>
public sealed class RuntimeConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _ours;
    private readonly Socket _peer;
    private readonly RuntimeConnection _connection;

    public RuntimeConnectionTests()
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        UnixDomainSocketEndPoint address = new(_folder.File("s"));
        listener.Bind(address);
        listener.Listen();
        _ours = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _ours.Connect(address);
        _peer = listener.Accept();
        _connection = new RuntimeConnection(_ours);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _peer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task SlowAnswerAndStream_AreRead_AndNoThreadButTheReaderWakesForThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a dispatcher waits for.");
        Task<byte[]> asking = PortMessage.AskAsync(
            _connection, PortCommand.StopTracing, new byte[8], TestContext.Current.CancellationToken);
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        _peer.Send(Answer());
        byte[] answer = await asking.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Task<int> reading = Task.Run(() => _connection.Read(new byte[64]));
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        _peer.Send(new byte[3]);

        Assert.Equal(8, answer.Length);
        Assert.Equal(3, await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.False(IsDispatched(_ours));
    }

    [Fact]
    public async Task ConnectionReadAsynchronously_IsDispatched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a dispatcher waits for.");
        ValueTask<int> reading = _connection.ReadAsync(new byte[64], TestContext.Current.CancellationToken);
        _peer.Send(new byte[3]);

        Assert.Equal(3, await reading);
        Assert.True(IsDispatched(_ours));
    }

    [Fact]
    public async Task EndedConnection_LetsItsReaderGo()
    {
        Task<int> reading = Task.Run(() => _connection.Read(new byte[64], 0, 64));
        await Task.Delay(Slowness, TestContext.Current.CancellationToken);
        Assert.False(reading.IsCompleted);
        _connection.End();

        Assert.Equal(0, await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        _connection.Dispose();
        _connection.End();
    }

    [Fact]
    public async Task PeerThatGoesAway_IsTheEnd()
    {
        Task waiting = _connection.WaitForBytesAsync(TestContext.Current.CancellationToken);
        _peer.Dispose();
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, _connection.Read(new byte[64]));
    }

    [Fact]
    public async Task SilentPeer_IsWaitedForUntilCancelled()
    {
        using CancellationTokenSource cancellation = new();
        Task waiting = _connection.WaitForBytesAsync(cancellation.Token);
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

    /// <summary>Whether one of this process's epoll instances lists the socket.</summary>
    private static bool IsDispatched(Socket socket)
    {
        string line = FormattableString.Invariant($"tfd:{socket.Handle,9} ");
        return Directory.EnumerateFiles("/proc/self/fdinfo").Any(file => Lines(file).Any(one => one.StartsWith(line, StringComparison.Ordinal)));
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return [];
        }
    }
}
