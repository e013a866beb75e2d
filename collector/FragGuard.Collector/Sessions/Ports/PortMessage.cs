using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// One request to the runtime and its answer. Layout: 14 bytes magic, total size (u16), set, command, reserved (u16),
/// payload; little-endian (dotnet/diagnostics, documentation/design-docs/ipc-protocol.md).
/// </summary>
internal static class PortMessage
{
    private const int HeaderBytes = 20;
    private const int SizeOffset = 14;
    private const int SetOffset = 16;
    private const int CommandOffset = 17;
    private const byte ErrorAnswer = 0xFF;

    private static readonly byte[] Magic = "DOTNET_IPC_V1\0"u8.ToArray();

    /// <summary>Sends the request and returns the payload of the answer; the stream stays open for what follows it.</summary>
    /// <exception cref="PortException">The runtime refused, or answered something else than the protocol.</exception>
    public static async Task<byte[]> AskAsync(
        Stream port, PortCommand command, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        byte[] request = new byte[HeaderBytes + payload.Length];
        Magic.CopyTo(request, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(SizeOffset), checked((ushort)request.Length));
        request[SetOffset] = (byte)((int)command >> 8);
        request[CommandOffset] = (byte)command;
        payload.CopyTo(request.AsMemory(HeaderBytes));
        await port.WriteAsync(request, cancellation).ConfigureAwait(false);
        await port.FlushAsync(cancellation).ConfigureAwait(false);

        if (port is RuntimeConnection connection)
            await connection.WaitForBytesAsync(cancellation).ConfigureAwait(false);
        byte[] header = new byte[HeaderBytes];
        await port.ReadExactlyAsync(header, cancellation).ConfigureAwait(false);
        if (!header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new PortException("The diagnostic port does not speak the .NET diagnostic protocol.", 0);

        int size = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(SizeOffset));
        byte[] answer = new byte[Math.Max(0, size - HeaderBytes)];
        await port.ReadExactlyAsync(answer, cancellation).ConfigureAwait(false);
        if (header[CommandOffset] != ErrorAnswer)
            return answer;

        uint code = answer.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : 0;
        throw new PortException($"The runtime refused {command} with code 0x{code:X8}.", code);
    }

    /// <summary>Writes a string as the protocol has it: characters including the final NUL, then UTF-16.</summary>
    public static void Write(BinaryWriter writer, string text)
    {
        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text));
        writer.Write((ushort)0);
    }

    /// <summary>Reads a string; empty when the payload ends early.</summary>
    public static string ReadText(ref ReadOnlySpan<byte> payload)
    {
        if (payload.Length < sizeof(int))
            return "";

        long bytes = 2L * BinaryPrimitives.ReadUInt32LittleEndian(payload);
        payload = payload[sizeof(int)..];
        if (bytes > payload.Length)
            return "";

        string text = Encoding.Unicode.GetString(payload[..(int)bytes]).TrimEnd('\0');
        payload = payload[(int)bytes..];
        return text;
    }
}
