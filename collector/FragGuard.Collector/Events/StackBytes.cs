using System;

namespace FragGuard.Collector.Events;

/// <summary>Where the return addresses of one stack lie.</summary>
internal readonly record struct StackBytes(byte[] Block, int Offset, int Bytes)
{
    public ReadOnlySpan<byte> Span => Block.AsSpan(Offset, Bytes);
}
