using System;
using System.Buffers.Binary;

namespace FragGuard.Inspection.Procfs;

/// <summary>Little-endian words of a memory source. Each answers false instead of throwing where nothing can be read.</summary>
public static class MemorySourceReading
{
    /// <summary>All of the bytes, or false.</summary>
    public static bool TryReadAll(this IMemorySource memory, ulong address, Span<byte> into) =>
        memory.Read(address, into) == into.Length;

    public static bool TryReadUInt64(this IMemorySource memory, ulong address, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bool isRead = memory.TryReadAll(address, bytes);
        value = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return isRead;
    }
}
