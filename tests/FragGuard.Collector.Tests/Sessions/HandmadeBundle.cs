using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>A program in one file, written by hand: a host that bears the mark, a configuration, and the table.</summary>
internal sealed record HandmadeBundle(string Configuration)
{
    private static readonly byte[] Mark = SHA256.HashData(".net core bundle\n"u8);

    public int Version { get; init; } = 6;

    /// <summary>Null for where it is.</summary>
    public long? Table { get; init; }

    public byte[] Name { get; init; } = [12, .. "abcdefghijkl"u8];

    /// <summary>Null for where it is.</summary>
    public long? ConfigurationStart { get; init; }

    public long? ConfigurationBytes { get; init; }

    /// <param name="host">What comes before the mark.</param>
    public byte[] Behind(byte[] host)
    {
        byte[] configuration = Encoding.UTF8.GetBytes(Configuration);
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(host);
        long start = host.Length + sizeof(long) + Mark.Length;
        writer.Write(Table ?? start + configuration.Length);
        writer.Write(Mark);
        writer.Write(configuration);
        writer.Write(Version);
        writer.Write(0);
        writer.Write(1);
        writer.Write(Name);
        writer.Write(0L);
        writer.Write(0L);
        writer.Write(ConfigurationStart ?? start);
        writer.Write(ConfigurationBytes ?? configuration.Length);
        writer.Write(0L);
        return bytes.ToArray();
    }
}
