using System;
using System.Collections.Generic;
using System.IO;

namespace FragGuard.Instrumentation;

/// <summary>Payload bytes of the values that need no explanation; object headers are not counted.</summary>
internal static class ValueBytes
{
    /// <summary>Says that a value's bytes are not known.</summary>
    public const long Unknown = 0;

    public static long Of(object? value) => value switch
    {
        byte[] bytes => bytes.LongLength,
        string text => (long)text.Length * sizeof(char),
        Array { Rank: 1 } array when array.GetType().GetElementType() is { IsPrimitive: true } => Buffer.ByteLength(array),
        ReadOnlyMemory<byte> memory => memory.Length,
        Memory<byte> memory => memory.Length,
        ArraySegment<byte> segment => segment.Count,
        ReadOnlyMemory<char> memory => (long)memory.Length * sizeof(char),
        Memory<char> memory => (long)memory.Length * sizeof(char),
        MemoryStream stream => stream.Capacity,
        IReadOnlyCollection<byte[]> chunks => OfChunks(chunks),
        _ => Unknown,
    };

    private static long OfChunks(IReadOnlyCollection<byte[]> chunks)
    {
        long bytes = 0;
        foreach (byte[] chunk in chunks)
            bytes += chunk.LongLength;

        return bytes;
    }
}
