using System;

namespace FragGuard.Collector.Tests.Events;

/// <summary>What a reader says of one event.</summary>
/// <param name="TimeNs">Nanoseconds since the recording started.</param>
/// <param name="Stack">Hash of the return addresses; 0 for none.</param>
internal readonly record struct SeenEvent(
    long TimeNs, string Provider, int Id, int Version, long Thread, ulong Payload, ulong Stack)
{
    public static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte one in bytes)
            hash = (hash ^ one) * 1099511628211;
        return bytes.IsEmpty ? 0 : hash;
    }
}
