using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;
using Microsoft.Diagnostics.Tracing.Session;

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

        state.HasStacks = false;
        using WholeBlocks blocks = new(stream);
        if (!blocks.IsEnded)
            state.Damage = FormattableString.Invariant($"ends at byte {stream.Length} without its end mark");
        try
        {
            using EventPipeEventSource source = new(blocks);
            Dictionary<Guid, string> providers = router.Providers.ToDictionary(GuidOf);
            source.AllEvents += data => Take(data, providers, router, state, cancellation);
            source.Process();
            Describe(source, state);
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException or OutOfMemoryException))
        {
            // The library tells damage, truncation and nonsense apart by no type of its own.
            state.Damage = $"cannot be read to its end: {exception.Message}";
        }
    }

    // The library names a provider only once a parser of its events is there, and some parsers renumber events.
    private static Guid GuidOf(string provider)
    {
        if (string.Equals(provider, ClrTraceEventParser.ProviderName, StringComparison.Ordinal))
            return ClrTraceEventParser.ProviderGuid;
        return string.Equals(provider, ClrRundownTraceEventParser.ProviderName, StringComparison.Ordinal)
            ? ClrRundownTraceEventParser.ProviderGuid
            : TraceEventProviders.GetEventSourceGuidFromName(provider);
    }

    private static void Take(
        TraceEvent data, Dictionary<Guid, string> providers, EventRouter router, ReadingState state,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        state.Events++;
        state.LastMs = Math.Max(state.LastMs, data.TimeStampRelativeMSec);
        state.ProcessId = Math.Max(state.ProcessId, data.ProcessID);
        if (providers.TryGetValue(data.ProviderGuid, out string? provider)
            && router.Find(provider, (int)data.ID) is { } handler)
        {
            Route(data, provider, handler);
        }
    }

    private static unsafe void Route(TraceEvent data, string provider, RecordedEventHandler handler) => handler(new RecordedEvent
    {
        Provider = provider,
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
