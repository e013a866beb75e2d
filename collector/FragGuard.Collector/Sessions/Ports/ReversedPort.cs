using System;
using System.Collections.Concurrent;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// A port we listen on: runtimes started with <see cref="Address"/> connect to it and wait. The
/// first one is the target; any further one is resumed and left alone, since runtimes that
/// the target starts inherit the address and would wait for ever.
/// </summary>
internal sealed class ReversedPort : RuntimePort
{
    /// <summary>The environment variable that makes a runtime connect to a port and wait.</summary>
    public const string Variable = "DOTNET_DiagnosticPorts";

    private static readonly TimeSpan AdvertiseTimeout = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly PrivateSocket? _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<Stream> _connections = Channel.CreateUnbounded<Stream>();
    private readonly TaskCompletionSource<int> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Stream> _idle = [];
    private readonly ConcurrentDictionary<Guid, bool> _resumed = [];
    private Guid _targetCookie;
    private bool _isPeerKnown;

    private ReversedPort(string path, PrivateSocket? socket)
    {
        _path = path;
        _socket = socket;
    }

    /// <summary>Value of <see cref="Variable"/> that makes a runtime connect here and wait.</summary>
    public string Address => $"{_path},connect,suspend";

    public override int ProcessId => _target.Task.IsCompletedSuccessfully ? _target.Task.Result : 0;

    public override ProcessEntry? Entry => _isPeerKnown ? base.Entry : null;

    /// <summary>Completes with the process id of the first runtime that connects.</summary>
    public Task<int> Target => _target.Task;

    /// <summary>At an address of our own.</summary>
    public static ReversedPort Open()
    {
        if (OperatingSystem.IsWindows())
            return new ReversedPort($"fragguard-{Guid.NewGuid():N}", socket: null);

        PrivateSocket socket = PrivateSocket.InOwnDirectory();
        return new ReversedPort(socket.Path, socket);
    }

    /// <summary>At an address that the user chose: path of a socket, or name of a pipe on Windows.</summary>
    /// <exception cref="SessionException">Nothing can listen there.</exception>
    public static ReversedPort OpenAt(string address)
    {
        if (OperatingSystem.IsWindows())
            return new ReversedPort(Path.GetFileName(address), socket: null);

        PrivateSocket socket = PrivateSocket.At(address);
        return new ReversedPort(socket.Path, socket);
    }

    public void Accept() => _ = Task.Run(AcceptAllAsync);

    public override async Task<Stream> ConnectAsync(CancellationToken cancellation) =>
        await _connections.Reader.ReadAsync(cancellation).ConfigureAwait(false);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _closing.IsCancellationRequested)
            return;

        _closing.Cancel();
        _socket?.Dispose();
        _target.TrySetCanceled();
        _connections.Writer.TryComplete();
        while (_connections.Reader.TryRead(out Stream? connection))
            connection.Dispose();
        foreach (Stream connection in _idle)
            connection.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                Stream connection = await AcceptOneAsync().ConfigureAwait(false);
                _ = Task.Run(() => SortAsync(connection));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException
            or OperationCanceledException or IOException)
        {
            _target.TrySetCanceled();
        }
    }

    private async Task<Stream> AcceptOneAsync()
    {
        if (_socket is not null)
        {
            Socket socket = await _socket.Listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
            return new RuntimeConnection(socket);
        }

        NamedPipeServerStream pipe = new(
            _path, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        await pipe.WaitForConnectionAsync(_closing.Token).ConfigureAwait(false);
        return pipe;
    }

    private async Task SortAsync(Stream connection)
    {
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            limit.CancelAfter(AdvertiseTimeout);
            if (await Advertisement.ReadAsync(connection, limit.Token).ConfigureAwait(false) is not { } runtime)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                return;
            }

            if (IsTarget(runtime, (connection as RuntimeConnection)?.PeerProcessId))
            {
                await _connections.Writer.WriteAsync(connection, _closing.Token).ConfigureAwait(false);
                return;
            }

            // Kept open: a runtime connects anew as soon as its connection ends.
            _idle.Add(connection);
            if (_resumed.TryAdd(runtime.Cookie, value: true))
                await PortMessage.AskAsync(connection, PortCommand.ResumeRuntime, default, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or PortException or OperationCanceledException
            or ChannelClosedException or ObjectDisposedException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsTarget(Advertisement runtime, int? peerProcessId)
    {
        lock (_target)
        {
            if (!_target.Task.IsCompleted)
            {
                _targetCookie = runtime.Cookie;
                _isPeerKnown = peerProcessId is not null;
                _target.TrySetResult(peerProcessId ?? runtime.ProcessId);
            }

            return runtime.Cookie == _targetCookie;
        }
    }
}
