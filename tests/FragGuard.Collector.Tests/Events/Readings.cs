using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Tests.Events;

/// <summary>Readings through our own reader, of chosen events.</summary>
internal static class Readings
{
    public static (List<SeenEvent> Events, ReadingState State) Read(
        Stream stream, IEnumerable<(string Provider, int Id)> wanted)
    {
        List<SeenEvent> events = [];
        ReadingState state = new();
        EventRouter router = new();
        foreach ((string provider, int id) in wanted)
            router.On(provider, id, (in RecordedEvent recorded) => events.Add(See(recorded)));
        NettraceReader.Read(stream, router, state, TestContext.Current.CancellationToken);
        return (events, state);
    }

    private static SeenEvent See(in RecordedEvent recorded) => new(
        (long)Math.Round(recorded.TimeMs * 1e6), recorded.Provider, recorded.Id, recorded.Version, recorded.Thread,
        SeenEvent.HashOf(recorded.Payload), SeenEvent.HashOf(MemoryMarshal.AsBytes(recorded.Stack)));
}
