using System;
using System.Buffers.Binary;
using System.IO;

namespace FragGuard.Collector.Events;

/// <summary>A stream read from its start, with the number of bytes read so far.</summary>
/// <exception cref="EndOfStreamException">There is less than was asked for.</exception>
internal sealed class ForwardStream(Stream stream)
{
    private readonly byte[] _small = new byte[sizeof(int)];

    public long Position { get; private set; }

    public byte ReadByte()
    {
        ReadExactly(_small.AsSpan(0, 1));
        return _small[0];
    }

    public int ReadInt32()
    {
        ReadExactly(_small);
        return BinaryPrimitives.ReadInt32LittleEndian(_small);
    }

    public void Skip(int count) => ReadExactly(_small.AsSpan(0, count));

    public void ReadExactly(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        Position += bytes.Length;
    }
}
