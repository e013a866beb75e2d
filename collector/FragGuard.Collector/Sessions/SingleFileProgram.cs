using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
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

    private static readonly byte[] Mark = SHA256.HashData(".net core bundle\n"u8);

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
