using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>The request for an event stream, in the version every runtime since .NET 5 knows.</summary>
internal static class EventStreamRequest
{
    private const int NetTraceFormat = 1;

    /// <summary>Starts a session; the connection then delivers the .nettrace stream until the session ends.</summary>
    public static async Task<(ulong SessionId, Stream Events)> StartAsync(
        RuntimePort port, TraceProfile profile, int bufferMegabytes, CancellationToken cancellation)
    {
        byte[] payload = Encode(profile.Requests, profile.HasRundown, bufferMegabytes);
        Stream connection = await port.ConnectAsync(cancellation).ConfigureAwait(false);
        try
        {
            byte[] answer = await PortMessage.AskAsync(
                connection, PortCommand.CollectTracing, payload, cancellation).ConfigureAwait(false);
            if (answer.Length < sizeof(ulong))
                throw new PortException("The runtime's answer to CollectTracing names no session.", 0);

            return (BinaryPrimitives.ReadUInt64LittleEndian(answer), connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static byte[] Encode(IReadOnlyList<ProviderRequest> requests, bool hasRundown, int bufferMegabytes)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(bufferMegabytes);
        writer.Write(NetTraceFormat);
        writer.Write(hasRundown);
        writer.Write(requests.Count);
        foreach (ProviderRequest request in requests)
        {
            writer.Write(request.Keywords);
            writer.Write((int)request.Level);
            PortMessage.Write(writer, request.Provider);
            PortMessage.Write(writer, request.Arguments);
        }

        writer.Flush();
        return bytes.ToArray();
    }
}
