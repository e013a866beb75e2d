using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;
using Microsoft.Diagnostics.Tracing.Session;

namespace FragGuard.Collector.Tests.Events;

/// <summary>A recording as the library of the format's owners reads it, stacks included: these it keeps to itself.</summary>
internal sealed class LibraryEvents
{
    private const int ExtendedCountOffset = 84;
    private const int ExtendedDataOffset = 88;
    private const int ItemTypeOffset = 2;
    private const int ItemBytesOffset = 6;
    private const int ItemDataOffset = 8;
    private const int StackOfWideAddresses = 6;

    private static readonly FieldInfo Record =
        typeof(TraceEvent).GetField("eventRecord", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // Without a parser for its events, the library does not name a provider.
    private static readonly Dictionary<Guid, string> Names = new()
    {
        [ClrTraceEventParser.ProviderGuid] = "Microsoft-Windows-DotNETRuntime",
        [ClrRundownTraceEventParser.ProviderGuid] = "Microsoft-Windows-DotNETRuntimeRundown",
        [Guid.Parse("0866b2b8-5cef-5db9-2612-0c0ffd814a44")] = "System.Buffers.ArrayPoolEventSource",
        [Guid.Parse("92f528a6-f5b8-5160-a7ee-b33da7739e29")] = "Microsoft-DotNETCore-EventPipe",
        [TraceEventProviders.GetEventSourceGuidFromName("FragGuard-Cache")] = "FragGuard-Cache",
        [TraceEventProviders.GetEventSourceGuidFromName("Microsoft-IO-RecyclableMemoryStream")] = "Microsoft-IO-RecyclableMemoryStream",
        [Guid.Parse("20752bc4-c151-50f5-f27b-df92d8af5a61")] = "System.Diagnostics.Metrics",
    };

    private LibraryEvents(List<SeenEvent> events, long lost)
    {
        Events = events;
        Lost = lost;
    }

    public List<SeenEvent> Events { get; }

    public long Lost { get; }

    public IEnumerable<(string Provider, int Id)> Kinds => Events.Select(one => (one.Provider, one.Id)).Distinct();

    public static LibraryEvents Read(string file)
    {
        List<SeenEvent> events = [];
        using EventPipeEventSource source = new(file);
        source.AllEvents += data => events.Add(See(data));
        source.Process();
        return new LibraryEvents(events, source.EventsLost);
    }

    /// <summary>Events whose stack the library throws away: it names methods, and is of no use.</summary>
    public static bool HidesStack(SeenEvent one) =>
        one.Provider.EndsWith("Rundown", StringComparison.Ordinal) || one.Id is (>= 140 and <= 144) or 190;

    private static unsafe SeenEvent See(TraceEvent data) => new(
        (long)Math.Round(data.TimeStampRelativeMSec * 1e6), Names[data.ProviderGuid], (int)data.ID, data.Version, data.ThreadID,
        SeenEvent.HashOf(new ReadOnlySpan<byte>((void*)data.DataStart, data.EventDataLength)), HashOfStack(data));

    // The layout of EVENT_RECORD and its extended data items, evntcons.h of the Windows SDK.
    private static unsafe ulong HashOfStack(TraceEvent data)
    {
        byte* record = (byte*)Pointer.Unbox(Record.GetValue(data)!);
        if (*(ushort*)(record + ExtendedCountOffset) == 0)
            return 0;

        byte* item = *(byte**)(record + ExtendedDataOffset);
        if (*(ushort*)(item + ItemTypeOffset) != StackOfWideAddresses)
            return 0;

        int bytes = *(ushort*)(item + ItemBytesOffset) - sizeof(ulong);
        return SeenEvent.HashOf(new ReadOnlySpan<byte>(*(byte**)(item + ItemDataOffset) + sizeof(ulong), bytes));
    }
}
