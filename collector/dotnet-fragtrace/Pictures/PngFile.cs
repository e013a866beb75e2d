using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace FragGuard.FragTrace.Pictures;

/// <summary>
/// An image of one palette as PNG (ISO/IEC 15948): colour type 3, 8 bits a pixel, no filter, no interlace.
/// </summary>
internal static class PngFile
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <param name="pixels">Row by row, an index into <paramref name="palette"/> each.</param>
    /// <param name="palette">0xRRGGBB each; at most 256.</param>
    public static void Write(int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<int> palette, Stream output)
    {
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        head[9] = 3;
        Chunk("IHDR"u8, head, output);
        Chunk("PLTE"u8, Colours(palette), output);
        Chunk("IDAT"u8, Compressed(width, height, pixels), output);
        Chunk("IEND"u8, [], output);
    }

    private static byte[] Colours(ReadOnlySpan<int> palette)
    {
        byte[] colours = new byte[palette.Length * 3];
        for (int i = 0; i < palette.Length; i++)
        {
            colours[i * 3] = (byte)(palette[i] >> 16);
            colours[i * 3 + 1] = (byte)(palette[i] >> 8);
            colours[i * 3 + 2] = (byte)palette[i];
        }

        return colours;
    }

    private static byte[] Compressed(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zlib = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(y * width, width));
            }
        }

        return bytes.ToArray();
    }

    private static void Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, Stream output)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(name);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(data, Crc(name, uint.MaxValue)));
        output.Write(word);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (byte one in bytes)
            crc = CrcTable[(crc ^ one) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    /// <summary>The remainders of the polynomial of ISO 3309, reflected.</summary>
    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint remainder = n;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
            table[n] = remainder;
        }

        return table;
    }
}
