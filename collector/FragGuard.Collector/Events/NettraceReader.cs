using System;
using System.IO;
using System.Text;
using System.Threading;

namespace FragGuard.Collector.Events;

/// <summary>
/// Reads a .nettrace stream of version 4 or 5 from its start to its end, forward only, in memory that does not depend on
/// its length. What is damaged or cut off ends the reading like an end mark, after everything before it was handed out.
/// </summary>
internal static class NettraceReader
{
    private const string Trace = "Trace";
    private const byte NullReference = 1;
    private const byte BeginObject = 5;
    private const byte EndObject = 6;
    private const int Alignment = 4;
    private const int LongestName = 64;
    private const int NewestVersion = 5;

    // The runtime's blocks hold 100 KiB; only a sequence point of very many threads is longer.
    private const int LongestBlock = 16 << 20;

    /// <exception cref="RecordingFormatException">The stream is no recording of a known version.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static void Read(
        Stream stream, EventRouter router, ReadingState state, CancellationToken cancellation = default)
    {
        ForwardStream bytes = new(stream);
        int version = RecordingHeader.ReadVersion(bytes);
        if (version >= RecordingHeader.FirstBlockVersion)
        {
            LibraryReader.Read(stream, router, state, cancellation);
            return;
        }

        EventDecoder decoder = new(router, state);
        if (stream is IPausingStream pausing)
            pausing.OnPause(decoder.Drain);
        long start = bytes.Position;
        try
        {
            while (TryReadName(bytes, out string name))
            {
                cancellation.ThrowIfCancellationRequested();
                ReadBlock(bytes, name, decoder);
                start = bytes.Position;
            }

            if (stream.CanSeek && stream.Length > bytes.Position)
            {
                state.Damage = FormattableString.Invariant(
                    $"goes on for {stream.Length - bytes.Position} bytes behind its end mark at byte {bytes.Position}");
            }
        }
        catch (EndOfStreamException)
        {
            state.Damage = FormattableString.Invariant($"ends at byte {bytes.Position} without its end mark");
        }
        catch (RecordingDamagedException exception)
        {
            state.Damage = FormattableString.Invariant($"is damaged in the block at byte {start}: {exception.Message}");
        }

        decoder.EndRegion();
    }

    /// <returns>False at the end mark.</returns>
    private static bool TryReadName(ForwardStream bytes, out string name)
    {
        name = "";
        byte tag = bytes.ReadByte();
        if (tag == NullReference)
            return false;
        if (tag != BeginObject || bytes.ReadByte() != BeginObject || bytes.ReadByte() != NullReference)
            throw new RecordingDamagedException("it has no beginning");
        bytes.ReadInt32();
        int readerVersion = bytes.ReadInt32();
        int length = bytes.ReadInt32();
        if (length is < 0 or > LongestName)
            throw new RecordingDamagedException("it has no name");
        Span<byte> text = stackalloc byte[LongestName];
        bytes.ReadExactly(text[..length]);
        name = NameOf(text[..length]);
        if (bytes.ReadByte() != EndObject)
            throw new RecordingDamagedException("its name has no end");
        if (readerVersion > NewestVersion)
            Refuse(name, readerVersion);
        return true;
    }

    private static void Refuse(string name, int readerVersion)
    {
        if (string.Equals(name, Trace, StringComparison.Ordinal))
            throw new RecordingFormatException($"needs a reader of version {readerVersion}; this one is of {NewestVersion}");
        throw new RecordingDamagedException($"it needs a reader of version {readerVersion}");
    }

    private static string NameOf(ReadOnlySpan<byte> text)
    {
        foreach (string known in (ReadOnlySpan<string>)[Trace, "MetadataBlock", "EventBlock", "StackBlock", "SPBlock"])
        {
            if (Ascii.Equals(text, known))
                return known;
        }

        return Encoding.UTF8.GetString(text);
    }

    private static void ReadBlock(ForwardStream bytes, string name, EventDecoder decoder)
    {
        int length = EventDecoder.TraceBytes;
        if (!string.Equals(name, Trace, StringComparison.Ordinal))
        {
            length = bytes.ReadInt32();
            bytes.Skip((int)((Alignment - (bytes.Position % Alignment)) % Alignment));
        }

        if (length is < 0 or > LongestBlock)
            throw new RecordingDamagedException("it has no size");
        byte[] block = decoder.RentBlock(length);
        bytes.ReadExactly(block.AsSpan(0, length));
        if (bytes.ReadByte() != EndObject)
            throw new RecordingDamagedException("it has no end");
        switch (name)
        {
            case Trace:
                decoder.DecodeTrace(block);
                break;
            case "MetadataBlock":
                decoder.DecodeKinds(block, length);
                break;
            case "EventBlock":
                decoder.DecodeEvents(block, length);
                break;
            case "StackBlock":
                decoder.DecodeStacks(block, length);
                break;
            case "SPBlock":
                decoder.DecodeSequencePoint(block, length);
                break;
        }
    }
}
