using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace FragGuard.FragTrace.Tests.Pictures;

/// <summary>Reads the palette images the tool writes, by the PNG specification and checking every checksum.</summary>
internal sealed class DecodedPng
{
    private readonly byte[] _rows;
    private readonly byte[] _palette;

    private DecodedPng(int width, int height, byte[] rows, byte[] palette)
    {
        Width = width;
        Height = height;
        _rows = rows;
        _palette = palette;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>0xRRGGBB.</summary>
    public int ColourAt(int x, int y)
    {
        int index = _rows[y * (Width + 1) + 1 + x] * 3;
        return _palette[index] << 16 | _palette[index + 1] << 8 | _palette[index + 2];
    }

    public static DecodedPng From(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        Dictionary<string, byte[]> chunks = new(StringComparer.Ordinal);
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string name = Encoding.ASCII.GetString(file, at + 4, 4);
            uint checksum = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(Checksum(file.AsSpan(at + 4, length + 4)), checksum);
            chunks[name] = file[(at + 8)..(at + 8 + length)];
            at += 12 + length;
        }

        Assert.Equal("IHDR PLTE IDAT IEND", string.Join(' ', chunks.Keys));
        byte[] head = chunks["IHDR"];
        Assert.Equal([8, 3, 0, 0, 0], head[8..]);
        int width = BinaryPrimitives.ReadInt32BigEndian(head);
        int height = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
        using ZLibStream zlib = new(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);
        Assert.Equal((width + 1) * height, rows.Length);
        return new DecodedPng(width, height, rows.ToArray(), chunks["PLTE"]);
    }

    /// <summary>The remainder bit by bit, as the specification's text has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte one in bytes)
        {
            remainder ^= one;
            for (int bit = 0; bit < 8; bit++)
                remainder = remainder >> 1 ^ ((remainder & 1) == 0 ? 0 : 0xEDB88320);
        }

        return ~remainder;
    }
}
