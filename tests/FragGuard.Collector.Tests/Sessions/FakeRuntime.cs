using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>A socket that speaks the diagnostic protocol as a runtime would that knows these commands only.</summary>
internal sealed class FakeRuntime : IDisposable
{
    public const ulong SessionId = 77;
    private const int HeaderBytes = 20;
    private const uint UnknownCommand = 0x80131385;

    /// <summary>Above the greatest id that Linux gives, so that nothing is found out about it.</summary>
    private const int NoProcess = 2_000_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly HashSet<int> _known;
    private readonly List<Socket> _open = [];

    public FakeRuntime(params IEnumerable<int> knownCommands)
    {
        _known = [.. knownCommands];
        string path = _folder.File("s");
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        Port = new ListeningPort(NoProcess, path);
        _ = Task.Run(AnswerAllAsync);
    }

    public RuntimePort Port { get; }

    /// <summary>HRESULT that known commands are answered with; 0: a session begins.</summary>
    public uint Refusal { get; init; }

    /// <summary>Whether it takes requests and never answers.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Set and command of each request, in order.</summary>
    public List<int> Commands { get; } = [];

    /// <summary>What the last request held.</summary>
    public byte[] LastPayload { get; private set; } = [];

    public void Dispose()
    {
        _listener.Dispose();
        foreach (Socket socket in _open)
            socket.Dispose();
        Port.Dispose();
        _folder.Dispose();
    }

    private async Task AnswerAllAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(CancellationToken.None);
                _open.Add(socket);
                await AnswerAsync(new NetworkStream(socket));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream connection)
    {
        byte[] header = new byte[HeaderBytes];
        await connection.ReadExactlyAsync(header);
        byte[] payload = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(14)) - HeaderBytes];
        await connection.ReadExactlyAsync(payload);
        int command = (header[16] << 8) | header[17];
        Commands.Add(command);
        LastPayload = payload;
        if (IsSilent)
            return;

        uint refusal = _known.Contains(command) ? Refusal : UnknownCommand;
        byte[] body = refusal == 0 ? BitConverter.GetBytes(SessionId) : BitConverter.GetBytes(refusal);
        byte[] answer = [.. header[..14], (byte)(HeaderBytes + body.Length), 0, 0xFF, (byte)(refusal == 0 ? 0 : 0xFF), 0, 0, .. body];
        await connection.WriteAsync(answer);
    }
}
