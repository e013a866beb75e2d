using System;

namespace FragGuard.Collector.Events;

/// <summary>One event of a recording; its spans are valid only until its handler returns.</summary>
internal readonly ref struct RecordedEvent
{
    /// <summary>Name of the event provider, such as Microsoft-Windows-DotNETRuntime.</summary>
    public required string Provider { get; init; }

    public required int Id { get; init; }

    /// <summary>Version of the event's layout; fields are only ever appended.</summary>
    public required int Version { get; init; }

    /// <summary>Milliseconds since the recording started.</summary>
    public required double TimeMs { get; init; }

    /// <summary>The operating system's id of the thread the event speaks of.</summary>
    public required long Thread { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Return addresses, innermost first; empty where the session took no stacks.</summary>
    public required ReadOnlySpan<ulong> Stack { get; init; }

    /// <summary>Where a table of stacks notes the number it gave this one; null where it cannot.</summary>
    public StackNotes? StackNotes { get; init; }

    /// <summary>Of the stack in the notes; below 0 when there is none.</summary>
    public int StackIndex { get; init; }

    /// <summary>Bytes of a pointer in the recorded process: 4 or 8.</summary>
    public required int PointerBytes { get; init; }

    /// <summary>The fields, one after the other.</summary>
    public Payload Fields => new(Payload, PointerBytes);
}
