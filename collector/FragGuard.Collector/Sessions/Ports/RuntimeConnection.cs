using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// A socket to a runtime. Read through <see cref="Read(Span{byte})"/> only, and answers awaited with
/// <see cref="WaitForBytesAsync"/>, the thread that reads is the only one that wakes when the runtime sends; reading it
/// asynchronously works too, but wakes two more, for each of the about ten pieces in which a runtime sends a block.
/// </summary>
internal sealed class RuntimeConnection(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // Linux, unix(7): SO_PEERCRED gives a process id, a user id and a group id.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int PeerCredentialsBytes = 12;

    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(16);

    /// <summary>
    /// Id of the process that connected, as we see it; null when it is of a namespace that we do not see, or the system does not tell.
    /// The id by which a process knows itself is another one in a container.
    /// </summary>
    public int? PeerProcessId
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return null;

            Span<byte> credentials = stackalloc byte[PeerCredentialsBytes];
            Socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
            int processId = BitConverter.ToInt32(credentials);
            return processId > 0 ? processId : null;
        }
    }

    // A socket that ever waited the other way stays with the dispatcher of all sockets for good: waiting is polling here.
    public override int Read(Span<byte> buffer)
    {
        Socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
        return Socket.Receive(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Waits until something can be read, or the end.</summary>
    public async Task WaitForBytesAsync(CancellationToken cancellation)
    {
        TimeSpan interval = FirstInterval;
        while (!Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            await Task.Delay(interval, cancellation).ConfigureAwait(false);
            interval = interval < LongestInterval ? 2 * interval : interval;
        }
    }

    /// <summary>Ends the connection in both directions: who reads it is at its end. The stream stays to be disposed.</summary>
    public void End()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
