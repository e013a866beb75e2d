using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Tracing;

namespace FragGuard.Collector.Feeds;

/// <summary>Reads the fields of an EventSource event one after the other; what lies past the end reads as zero or empty.</summary>
internal ref struct Payload
{
    private ReadOnlySpan<byte> _rest;

    public unsafe Payload(TraceEvent data) =>
        _rest = new ReadOnlySpan<byte>((void*)data.DataStart, Math.Max(0, data.EventDataLength));

    public int ReadInt32() => Take(sizeof(int)) is { Length: sizeof(int) } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    public long ReadInt64() => Take(sizeof(long)) is { Length: sizeof(long) } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>Text that ends with a NUL.</summary>
    public string ReadText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_rest);
        int end = characters.IndexOf('\0');
        string text = new(end < 0 ? characters : characters[..end]);
        Take(Math.Min(_rest.Length, (text.Length + 1) * sizeof(char)));
        return text;
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length)
        {
            _rest = [];
            return [];
        }

        ReadOnlySpan<byte> taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
