using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>Reads one block of a recording from a position to its end.</summary>
/// <exception cref="RecordingDamagedException">A field lies past the end of the block.</exception>
internal ref struct BlockCursor(ReadOnlySpan<byte> block, int position)
{
    private const int MaxVariableBytes = 10;
    private const ulong EighthBits = 0x8080_8080_8080_8080;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; } = position;

    public readonly bool IsAtEnd => Position >= _block.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        int at = Position;
        if ((uint)at >= (uint)_block.Length)
            ThrowPastEnd();
        Position = at + 1;
        return _block[at];
    }

    public int ReadInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(short)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number in groups of seven bits, lowest first; the eighth bit says that more follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVariable()
    {
        int at = Position;
        if ((uint)at < (uint)_block.Length && _block[at] < 0x80)
        {
            Position = at + 1;
            return _block[at];
        }

        return ReadLongVariable();
    }

    /// <summary>UTF-16 text that ends with a NUL.</summary>
    public string ReadText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_block[Position..]);
        SkipText();
        return new string(characters[..characters.IndexOf('\0')]);
    }

    public void SkipText()
    {
        int end = MemoryMarshal.Cast<byte, char>(_block[Position..]).IndexOf('\0');
        if (end < 0)
            throw new RecordingDamagedException("a name has no end");
        Skip((end + 1) * sizeof(char));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        if ((uint)count > (uint)(_block.Length - Position))
            ThrowPastEnd();
        Position += count;
    }

    private ulong ReadLongVariable()
    {
        int at = Position;
        if (_block.Length - at >= sizeof(ulong))
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(_block[at..]);
            ulong ends = ~bytes & EighthBits;
            if (ends != 0)
            {
                // The bits up to the first end, then groups of 7 put together to groups of 14, 28 and 56.
                ulong groups = bytes & (ends ^ (ends - 1)) & ~EighthBits;
                groups = (groups & 0x007F_007F_007F_007F) | ((groups & 0x7F00_7F00_7F00_7F00) >> 1);
                groups = (groups & 0x0000_3FFF_0000_3FFF) | ((groups & 0x3FFF_0000_3FFF_0000) >> 2);
                Position = at + (BitOperations.TrailingZeroCount(ends) / 8) + 1;
                return (groups & 0x0FFF_FFFF) | ((groups & 0x0FFF_FFFF_0000_0000) >> 4);
            }
        }

        return ReadVariableByBytes();
    }

    private ulong ReadVariableByBytes()
    {
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

    private ReadOnlySpan<byte> Take(int count)
    {
        int at = Position;
        Skip(count);
        return _block.Slice(at, count);
    }

    [DoesNotReturn]
    private static void ThrowPastEnd() => throw new RecordingDamagedException("a field lies past the end of its block");
}
