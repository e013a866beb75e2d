using System;
using System.IO;
using System.Threading;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace FragGuard.Collector.Events;

/// <summary>
/// Reads recordings of format version 6, which tools other than the runtime write, through the library that defined the
/// format. It is slower than <see cref="NettraceReader"/>, and does not hand out the stacks of single events.
/// </summary>
internal static class LibraryReader
{
    /// <param name="stream">The whole recording; it must be able to seek.</param>
    /// <exception cref="RecordingFormatException">The stream cannot be read from its start again.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static void Read(Stream stream, EventRouter router, ReadingState state, CancellationToken cancellation)
    {
        if (!stream.CanSeek)
            throw new RecordingFormatException("is of a version that cannot be read while it is recorded");

        stream.Position = 0;
        state.HasStacks = false;
        try
        {
            using EventPipeEventSource source = new(stream);
            NameProviders(source);
            source.AllEvents += data => Take(data, router, state, cancellation);
            source.Process();
            Describe(source, state);
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException or OutOfMemoryException))
        {
            // The library tells damage, truncation and nonsense apart by no type of its own.
            state.Damage = $"cannot be read to its end: {exception.Message}";
        }
    }

    // The runtime's events carry no provider name of their own until a parser that knows them is there.
    private static void NameProviders(EventPipeEventSource source)
    {
        _ = source.Clr;
        _ = source.Dynamic;
        _ = new ClrRundownTraceEventParser(source);
    }

    private static void Take(TraceEvent data, EventRouter router, ReadingState state, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        state.Events++;
        state.LastMs = Math.Max(state.LastMs, data.TimeStampRelativeMSec);
        state.ProcessId = Math.Max(state.ProcessId, data.ProcessID);
        if (router.Find(data.ProviderName, (int)data.ID) is { } handler)
            Route(data, handler);
    }

    private static unsafe void Route(TraceEvent data, RecordedEventHandler handler) => handler(new RecordedEvent
    {
        Provider = data.ProviderName,
        Id = (int)data.ID,
        Version = data.Version,
        TimeMs = data.TimeStampRelativeMSec,
        Thread = data.ThreadID,
        Payload = new ReadOnlySpan<byte>((void*)data.DataStart, data.EventDataLength),
        Stack = [],
        PointerBytes = data.PointerSize,
    });

    private static void Describe(EventPipeEventSource source, ReadingState state)
    {
        state.EventsLost = source.EventsLost;
        state.StartedUtc = source.SessionStartTime.ToUniversalTime();
        state.Processors = source.NumberOfProcessors;
    }
}
