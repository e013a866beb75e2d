using System.Collections.Generic;
using System.IO;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// One version of the request for an event stream (dotnet/diagnostics, documentation/design-docs/ipc-protocol.md).
/// Version 4 adds a choice of rundown events, of which we take the standard one: it is left out.
/// </summary>
/// <param name="FirstRuntime">First number of the oldest .NET version that understands it for certain.</param>
internal sealed record EventStreamVersion(PortCommand Command, int FirstRuntime)
{
    private const int StreamingSession = 0;
    private const int NetTraceFormat = 1;
    private const ulong StandardRundown = 0x80020139;
    private const bool DenyListed = false;
    private const int Block = 1;

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<EventStreamVersion> All { get; } =
    [
        new(PortCommand.CollectTracing6, 11),
        new(PortCommand.CollectTracing5, 10),
        new(PortCommand.CollectTracing3, 9),
        new(PortCommand.CollectTracing2, 5),
    ];

    /// <summary>Whether it can ask for a full buffer to hold the target up.</summary>
    public bool CanBlock => Command >= PortCommand.CollectTracing6;

    /// <param name="mayServe">Whether the target may have memory pools of ASP.NET Core.</param>
    public byte[] Encode(TraceProfile profile, int bufferMegabytes, bool mayServe)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        bool canFilter = Command >= PortCommand.CollectTracing5;
        if (canFilter)
            writer.Write(StreamingSession);
        writer.Write(bufferMegabytes);
        writer.Write(NetTraceFormat);
        if (canFilter)
            writer.Write(profile.HasRundown ? StandardRundown : 0);
        else
            writer.Write(profile.HasRundown);
        if (Command >= PortCommand.CollectTracing3)
            writer.Write(profile.HasRundown);

        IReadOnlyList<ProviderRequest> requests = profile.RequestsOn(FirstRuntime, mayServe);
        writer.Write(requests.Count);
        foreach (ProviderRequest request in requests)
        {
            writer.Write(request.Keywords);
            writer.Write((int)request.Level);
            PortMessage.Write(writer, request.Provider);
            PortMessage.Write(writer, request.Arguments);
            if (canFilter)
                WriteDenied(writer, request.Denied);
        }

        if (CanBlock)
            writer.Write(Block);
        writer.Flush();
        return bytes.ToArray();
    }

    private static void WriteDenied(BinaryWriter writer, IReadOnlyList<int> ids)
    {
        writer.Write(DenyListed);
        writer.Write(ids.Count);
        foreach (int id in ids)
            writer.Write(id);
    }
}
