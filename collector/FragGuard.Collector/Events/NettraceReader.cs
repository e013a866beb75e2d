using System;
using System.IO;
using System.Text;
using System.Threading;

namespace FragGuard.Collector.Events;

/// <summary>
/// Reads a .nettrace stream from its start to its end, forward only, in memory that does not depend on its length. What
/// is damaged or cut off ends the reading like an end mark, after everything before it was handed out.
/// </summary>
internal static class NettraceReader
{
    private const byte NullReference = 1;
    private const byte BeginObject = 5;
    private const byte EndObject = 6;
    private const int Alignment = 4;
    private const int LongestName = 64;
    private const int LongestBlock = 256 << 20;
    private const int TraceBytes = 48;

    private static readonly byte[] Header = [.. "Nettrace"u8, 20, 0, 0, 0, .. "!FastSerialization.1"u8];

    /// <exception cref="RecordingFormatException">The stream is no recording of a known version.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static void Read(
        Stream stream, EventRouter router, ReadingState state, CancellationToken cancellation = default)
    {
        ForwardStream bytes = new(stream);
        RequireHeader(bytes);
        using EventDecoder decoder = new(router, state);
        try
        {
            while (TryReadName(bytes, out string name))
            {
                cancellation.ThrowIfCancellationRequested();
                ReadBlock(bytes, name, decoder);
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or RecordingDamagedException)
        {
            state.IsTruncated = true;
        }

        decoder.EndRegion();
    }

    private static void RequireHeader(ForwardStream bytes)
    {
        try
        {
            byte[] header = new byte[Header.Length];
            bytes.ReadExactly(header);
            if (header.AsSpan().SequenceEqual(Header))
                return;
        }
        catch (EndOfStreamException)
        {
            // Too short to be a recording.
        }

        throw new RecordingFormatException("This is no .nettrace recording of version 4 or 5.");
    }

    /// <returns>False at the end mark.</returns>
    private static bool TryReadName(ForwardStream bytes, out string name)
    {
        name = "";
        byte tag = bytes.ReadByte();
        if (tag == NullReference)
            return false;
        if (tag != BeginObject || bytes.ReadByte() != BeginObject || bytes.ReadByte() != NullReference)
            throw new RecordingDamagedException("an object has no beginning");
        bytes.ReadInt32();
        bytes.ReadInt32();
        int length = bytes.ReadInt32();
        if (length is < 0 or > LongestName)
            throw new RecordingDamagedException("an object has no name");
        byte[] text = new byte[length];
        bytes.ReadExactly(text);
        name = Encoding.UTF8.GetString(text);
        if (bytes.ReadByte() != EndObject)
            throw new RecordingDamagedException("the name of an object has no end");
        return true;
    }

    private static void ReadBlock(ForwardStream bytes, string name, EventDecoder decoder)
    {
        int length = TraceBytes;
        if (!string.Equals(name, "Trace", StringComparison.Ordinal))
        {
            length = bytes.ReadInt32();
            bytes.Skip((int)((Alignment - (bytes.Position % Alignment)) % Alignment));
        }

        if (length is < 0 or > LongestBlock)
            throw new RecordingDamagedException("a block has no size");
        byte[] block = decoder.RentBlock(length);
        bytes.ReadExactly(block.AsSpan(0, length));
        if (bytes.ReadByte() != EndObject)
            throw new RecordingDamagedException("a block has no end");
        switch (name)
        {
            case "Trace":
                decoder.DecodeTrace(block.AsSpan(0, length));
                break;
            case "MetadataBlock":
                decoder.DecodeKinds(block.AsSpan(0, length));
                break;
            case "EventBlock":
                decoder.DecodeEvents(block, length);
                break;
            case "StackBlock":
                decoder.DecodeStacks(block, length);
                break;
            case "SPBlock":
                decoder.DecodeSequencePoint(block.AsSpan(0, length));
                break;
        }
    }
}
