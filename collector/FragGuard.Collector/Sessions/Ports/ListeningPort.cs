using System;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Security.Principal;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>The default port of a running process: it listens and we connect. A Unix socket, or a named pipe on Windows.</summary>
/// <param name="address">Path of the socket, or name of the pipe.</param>
internal sealed class ListeningPort(int processId, string address) : RuntimePort
{
    public override int ProcessId => processId;

    public override async Task<Stream> ConnectAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            NamedPipeClientStream pipe = new(
                ".", address, PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Impersonation);
            try
            {
                await pipe.ConnectAsync(cancellation).ConfigureAwait(false);
                return pipe;
            }
            catch
            {
                await pipe.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using ShortPath path = ShortPath.To(address);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path.Value), cancellation).ConfigureAwait(false);
            return new RuntimeConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
