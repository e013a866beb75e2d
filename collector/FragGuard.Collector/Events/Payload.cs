using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>Reads the fields of an event one after the other; what lies past the end reads as zero or empty.</summary>
internal ref struct Payload(ReadOnlySpan<byte> bytes, int pointerBytes)
{
    /// <summary>Most characters of a name that are read: names in a program's source are shorter.</summary>
    public const int MaxNameLength = 1000;

    private const int GuidBytes = 16;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are not read yet.</summary>
    public readonly int RestBytes => _rest.Length;

    /// <summary>The bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte() => Take(sizeof(byte)) is [byte value] ? value : (byte)0;

    public int ReadInt16() =>
        Take(sizeof(short)) is { Length: sizeof(short) } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0;

    public int ReadInt32() =>
        Take(sizeof(int)) is { Length: sizeof(int) } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    public long ReadInt64() =>
        Take(sizeof(long)) is { Length: sizeof(long) } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>An address or a size of the recorded process.</summary>
    public ulong ReadPointer() => pointerBytes == sizeof(uint) ? (uint)ReadInt32() : (ulong)ReadInt64();

    public Guid ReadGuid() => Take(GuidBytes) is { Length: GuidBytes } bytes ? new Guid(bytes) : Guid.Empty;

    /// <summary>UTF-16 text that ends with a NUL.</summary>
    public string ReadText() => new(TakeText());

    /// <summary>The same, cut behind <see cref="MaxNameLength"/> characters.</summary>
    public string ReadName()
    {
        ReadOnlySpan<char> name = TakeText();
        return new string(name[..Math.Min(name.Length, MaxNameLength)]);
    }

    /// <summary>The same; no new text where it is the one it is likely to be.</summary>
    public string ReadText(string? likely)
    {
        if (likely is null)
            return ReadText();

        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_rest);
        if (characters.Length <= likely.Length || characters[likely.Length] != '\0' || !characters.StartsWith(likely))
            return ReadText();

        Take((likely.Length + 1) * sizeof(char));
        return likely;
    }

    /// <summary>Passes over bytes nobody needs.</summary>
    public void Skip(int count) => Take(count);

    private ReadOnlySpan<char> TakeText()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(_rest);
        int end = characters.IndexOf('\0');
        ReadOnlySpan<char> text = end < 0 ? characters : characters[..end];
        Take(Math.Min(_rest.Length, (text.Length + 1) * sizeof(char)));
        return text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            _rest = [];
            return [];
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
