using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>The way to one runtime: each connection carries one command, and after CollectTracing the event stream.</summary>
internal abstract class RuntimePort : IDisposable
{
    public abstract int ProcessId { get; }

    public abstract Task<Stream> ConnectAsync(CancellationToken cancellation);

    public async Task<byte[]> AskAsync(PortCommand command, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        Stream connection = await ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            return await PortMessage.AskAsync(connection, command, payload, cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
