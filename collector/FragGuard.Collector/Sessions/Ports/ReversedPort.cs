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
/// A port we listen on in a private directory: runtimes started with <see cref="Address"/> connect to it and wait. The
/// first one that belongs to the command is the target; any further one is resumed and left alone, since runtimes that
/// the target starts inherit the address and would wait for ever.
/// </summary>
internal sealed class ReversedPort : RuntimePort
{
    private const int MaxTempPathLength = 80;
    private static readonly TimeSpan AdvertiseTimeout = TimeSpan.FromSeconds(5);

    private readonly string _directory;
    private readonly string _path;
    private readonly Socket? _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<Stream> _connections = Channel.CreateUnbounded<Stream>();
    private readonly TaskCompletionSource<int> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Stream> _idle = [];
    private readonly ConcurrentDictionary<Guid, bool> _resumed = [];
    private Guid _targetCookie;
    private Func<int, bool> _isOfCommand = static _ => true;

    private ReversedPort(string directory, string path, Socket? listener)
    {
        _directory = directory;
        _path = path;
        _listener = listener;
    }

    /// <summary>Value of the environment variable DOTNET_DiagnosticPorts that makes a runtime connect here and wait.</summary>
    public string Address => $"{_path},connect,suspend";

    public override int ProcessId => _target.Task.IsCompletedSuccessfully ? _target.Task.Result : 0;

    /// <summary>Completes with the process id of the first runtime of the command.</summary>
    public Task<int> Target => _target.Task;

    public static ReversedPort Open()
    {
        if (OperatingSystem.IsWindows())
            return new ReversedPort("", $"fragguard-{Guid.NewGuid():N}", listener: null);

        string directory = CreateDirectory();
        string path = Path.Combine(directory, "p");
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            return new ReversedPort(directory, path, listener);
        }
        catch
        {
            listener.Dispose();
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    // Readable and searchable by us alone: whoever can connect can feed us a stream. A socket's path has little room, and
    // the variable that carries it cuts at commas and semicolons.
    private static string CreateDirectory()
    {
        bool isFit = Path.GetTempPath().Length <= MaxTempPathLength && Path.GetTempPath().IndexOfAny([',', ';']) < 0;
        if (isFit || OperatingSystem.IsWindows())
            return Directory.CreateTempSubdirectory("fg").FullName;

        string path = Path.Combine("/tmp", $"fg{Guid.NewGuid():N}");
        return Directory.CreateDirectory(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <param name="isOfCommand">Whether a process id is that of the launched command or of a descendant.</param>
    public void Accept(Func<int, bool> isOfCommand)
    {
        _isOfCommand = isOfCommand;
        _ = Task.Run(AcceptAllAsync);
    }

    public override async Task<Stream> ConnectAsync(CancellationToken cancellation) =>
        await _connections.Reader.ReadAsync(cancellation).ConfigureAwait(false);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _closing.IsCancellationRequested)
            return;

        _closing.Cancel();
        _listener?.Dispose();
        _target.TrySetCanceled();
        _connections.Writer.TryComplete();
        while (_connections.Reader.TryRead(out Stream? connection))
            connection.Dispose();
        foreach (Stream connection in _idle)
            connection.Dispose();
        if (_directory.Length > 0)
            Directory.Delete(_directory, recursive: true);
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
        if (_listener is not null)
        {
            Socket socket = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
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

            if (IsTarget(runtime))
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

    private bool IsTarget(Advertisement runtime)
    {
        lock (_target)
        {
            if (!_target.Task.IsCompleted && _isOfCommand(runtime.ProcessId))
            {
                _targetCookie = runtime.Cookie;
                _target.TrySetResult(runtime.ProcessId);
            }

            return runtime.Cookie == _targetCookie;
        }
    }
}
