using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>The way to one runtime: each connection carries one command, and after CollectTracing the event stream.</summary>
/// <remarks>
/// Not Microsoft.Diagnostics.NETCore.Client (as of 0.2.745401): its public part takes no connection that we accepted. A port
/// it listens on hands out the first peer that says hello, without its process id, and leaves the others suspended. Over the
/// runtime's own port it could trace a launched target, but a long TMPDIR leaves a runtime without that port, and resuming
/// there does not release the reversed one. It reads an address as a list and a URI: no socket below a directory with a space,
/// comma or letter outside ASCII can be reached; and ProcessInfo is internal.
/// </remarks>
internal abstract class RuntimePort : IDisposable
{
    /// <summary>Id of the process of the runtime; one that the runtime itself gives may be of another namespace.</summary>
    public abstract int ProcessId { get; }

    /// <summary>What procfs says of that process; null where there is none, and when it does not know the process by this id.</summary>
    public virtual ProcessEntry? Entry => ProcessEntry.TryRead(ProcessId);

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
