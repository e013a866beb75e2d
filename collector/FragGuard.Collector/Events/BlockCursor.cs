using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>Reads one block of a recording from its start to its end.</summary>
/// <exception cref="RecordingDamagedException">A field lies past the end of the block.</exception>
internal ref struct BlockCursor(ReadOnlySpan<byte> block)
{
    private const int MaxVariableBytes = 10;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _block.Length;

    public byte ReadByte() => Take(sizeof(byte))[0];

    public int ReadInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(short)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number in groups of seven bits, lowest first; the eighth bit says that more follow.</summary>
    public ulong ReadVariable()
    {
        int position = Position;
        if ((uint)position < (uint)_block.Length && _block[position] < 0x80)
        {
            Position = position + 1;
            return _block[position];
        }

        ulong value = 0;
        for (int i = 0; i < MaxVariableBytes; i++)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }

        throw new RecordingDamagedException("a number has more than ten bytes");
    }

    /// <summary>UTF-16 text that ends with a NUL.</summary>
    public string ReadText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_block[Position..]);
        int end = characters.IndexOf('\0');
        if (end < 0)
            throw new RecordingDamagedException("a name has no end");
        Skip((end + 1) * sizeof(char));
        return new string(characters[..end]);
    }

    public void Skip(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _block.Length - Position)
            throw new RecordingDamagedException("a field lies past the end of its block");
        ReadOnlySpan<byte> taken = _block.Slice(Position, count);
        Position += count;
        return taken;
    }
}
