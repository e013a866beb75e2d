using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>Asks a runtime for an event stream, in the newest version of the request that it understands.</summary>
internal static class EventStreamRequest
{
    /// <summary>Starts a session; the connection then delivers the .nettrace stream until the session ends.</summary>
    /// <param name="wantsLossless">Whether the target shall rather wait than lose events, where it can.</param>
    public static async Task<EventStream> StartAsync(
        RuntimePort port, TraceProfile profile, int bufferMegabytes, bool wantsLossless, CancellationToken cancellation)
    {
        bool mayServe = profile.HasMemoryPools && (port.Entry is not { } process || AspNetCore.MayBeIn(process.ProcessId));
        foreach (EventStreamVersion version in EventStreamVersion.All.Where(one => wantsLossless || !one.CanBlock).SkipLast(1))
        {
            try
            {
                return await SendAsync(version).ConfigureAwait(false);
            }
            catch (PortException exception) when (exception.IsUnknownCommand)
            {
                // An older runtime: it may understand the version before.
            }
        }

        return await SendAsync(EventStreamVersion.All[^1]).ConfigureAwait(false);

        Task<EventStream> SendAsync(EventStreamVersion version) =>
            StartAsync(port, version, version.Encode(profile, bufferMegabytes, mayServe), cancellation);
    }

    private static async Task<EventStream> StartAsync(
        RuntimePort port, EventStreamVersion version, byte[] payload, CancellationToken cancellation)
    {
        Stream connection = await port.ConnectAsync(cancellation).ConfigureAwait(false);
        try
        {
            byte[] answer = await PortMessage.AskAsync(connection, version.Command, payload, cancellation).ConfigureAwait(false);
            if (answer.Length < sizeof(ulong))
                throw new PortException($"The runtime's answer to {version.Command} names no session.", 0);

            return new EventStream(BinaryPrimitives.ReadUInt64LittleEndian(answer), connection, version.CanBlock);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
