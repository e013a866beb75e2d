using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace FragGuard.Collector.Sessions;

/// <summary>
/// A .NET program published as one file: a host, the files of the program behind it, and a table that says where they begin
/// (bundler.md of dotnet/designs). The host says where the table is, right before a mark that every host bears.
/// </summary>
internal static class SingleFileProgram
{
    // .NET 5. Tables before it do not say where the configuration is.
    private const int FirstVersion = 2;
    private const int MaxConfigurationBytes = 1 << 20;

    // With the whole runtime in it a host has 12 MB.
    private const int MaxHostBytes = 64 << 20;
    private const int ChunkBytes = 1 << 20;

    // The SHA-256 of ".net core bundle" and a line feed. Computed here it would need OpenSSL, which not every machine has.
    private static readonly byte[] Mark =
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    /// <summary>The runtime configuration in it; null for another program, one that may not be read, and one that makes no sense.</summary>
    public static string? Configuration(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return FindTable(file) is { } table ? ReadConfiguration(file, table) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <returns>Null where there is no mark, and where nothing is behind the host.</returns>
    private static long? FindTable(FileStream file)
    {
        int overlap = sizeof(long) + Mark.Length - 1;
        byte[] chunk = new byte[ChunkBytes];
        int kept = 0;
        while (file.Position < MaxHostBytes)
        {
            int count = kept + file.ReadAtLeast(chunk.AsSpan(kept), chunk.Length - kept, throwOnEndOfStream: false);
            int mark = chunk.AsSpan(0, count).IndexOf(Mark);
            if (mark >= sizeof(long))
            {
                long table = BinaryPrimitives.ReadInt64LittleEndian(chunk.AsSpan(mark - sizeof(long)));
                return table > 0 && table < file.Length ? table : null;
            }

            if (count < chunk.Length)
                break;

            kept = overlap;
            chunk.AsSpan(count - kept, kept).CopyTo(chunk);
        }

        return null;
    }

    private static string? ReadConfiguration(FileStream file, long table)
    {
        file.Position = table;
        using BinaryReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        int version = reader.ReadInt32();
        if (version < FirstVersion)
            return null;

        // The minor version, the number of files, and a name for the whole.
        reader.ReadInt32();
        reader.ReadInt32();
        int nameBytes = reader.Read7BitEncodedInt();
        if (nameBytes < 0)
            return null;

        file.Position += nameBytes;

        // Where the dependencies are, then the configuration.
        reader.ReadInt64();
        reader.ReadInt64();
        long start = reader.ReadInt64();
        long bytes = reader.ReadInt64();
        if (start <= 0 || start >= file.Length || bytes is <= 0 or > MaxConfigurationBytes)
            return null;

        file.Position = start;
        return Encoding.UTF8.GetString(reader.ReadBytes((int)bytes));
    }
}
