using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>How a runtime introduces itself on a port we listen on: magic, cookie, process id, reserved.</summary>
internal readonly record struct Advertisement(Guid Cookie, int ProcessId)
{
    private const int Bytes = 34;
    private const int CookieOffset = 8;
    private const int ProcessIdOffset = 24;

    /// <summary>Null when what connected is no runtime.</summary>
    public static async Task<Advertisement?> ReadAsync(Stream connection, CancellationToken cancellation)
    {
        byte[] bytes = new byte[Bytes];
        try
        {
            if (connection is RuntimeConnection runtime)
                await runtime.WaitForBytesAsync(cancellation).ConfigureAwait(false);
            await connection.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }

        if (!bytes.AsSpan(0, CookieOffset).SequenceEqual("ADVR_V1\0"u8))
            return null;

        ulong processId = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(ProcessIdOffset));
        return processId is 0 or > int.MaxValue
            ? null
            : new Advertisement(new Guid(bytes.AsSpan(CookieOffset, 16)), (int)processId);
    }
}
