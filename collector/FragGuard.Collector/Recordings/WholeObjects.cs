using System;
using System.IO;
using System.Text;

namespace FragGuard.Collector.Recordings;

/// <summary>
/// A recording up to its last whole object, closed with an end mark if it has none. The decoder holds events back until
/// the next sequence point or the end mark: without one, a recording of a killed program would lose up to 10 MB of events.
/// </summary>
internal sealed class WholeObjects : Stream
{
    private const byte NullReference = 1;
    private const byte BeginPrivateObject = 5;
    private const byte EndObject = 6;
    private const int TraceBytes = 48;
    private const int Alignment = 4;
    private const int LongestName = 64;

    private static readonly byte[] Header = [.. "Nettrace"u8, 20, 0, 0, 0, .. "!FastSerialization.1"u8];

    private readonly Stream _file;
    private readonly long _end;
    private bool _isEndMarkRead;

    private WholeObjects(Stream file, long end, bool isTruncated)
    {
        _file = file;
        _end = end;
        IsTruncated = isTruncated;
        _isEndMarkRead = !isTruncated;
    }

    /// <summary>Whether the file ends without its end mark; false for a format that is not known here.</summary>
    public bool IsTruncated { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static WholeObjects In(FileStream file)
    {
        using BinaryReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        if (!file.CanSeek || !reader.ReadBytes(Header.Length).AsSpan().SequenceEqual(Header))
        {
            if (file.CanSeek)
                file.Position = 0;
            return new WholeObjects(file, long.MaxValue, isTruncated: false);
        }

        long end = file.Position;
        bool hasEndMark = false;
        try
        {
            for (byte tag = reader.ReadByte(); tag == BeginPrivateObject && SkipObject(reader); tag = reader.ReadByte())
                end = file.Position;
            file.Position = end;
            hasEndMark = reader.ReadByte() == NullReference;
        }
        catch (EndOfStreamException)
        {
            hasEndMark = false;
        }

        file.Position = 0;
        return new WholeObjects(file, hasEndMark ? long.MaxValue : end, !hasEndMark);
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _file.Read(buffer[..(int)Math.Min(buffer.Length, _end - _file.Position)]);
        if (count > 0 || buffer.IsEmpty || _isEndMarkRead)
            return count;

        _isEndMarkRead = true;
        buffer[0] = NullReference;
        return 1;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Moves behind an object whose first tag was read; false when it is no object or not whole.</summary>
    private static bool SkipObject(BinaryReader reader)
    {
        Stream file = reader.BaseStream;
        if (reader.ReadByte() != BeginPrivateObject || reader.ReadByte() != NullReference)
            return false;
        file.Position += 2 * sizeof(int);
        int nameBytes = reader.ReadInt32();
        if (nameBytes is < 0 or > LongestName)
            return false;
        string name = Encoding.UTF8.GetString(reader.ReadBytes(nameBytes));
        if (reader.ReadByte() != EndObject)
            return false;

        if (string.Equals(name, "Trace", StringComparison.Ordinal))
        {
            file.Position += TraceBytes;
        }
        else
        {
            int bytes = reader.ReadInt32();
            if (bytes < 0)
                return false;
            file.Position = (file.Position + Alignment - 1) / Alignment * Alignment;
            file.Position += bytes;
        }

        return reader.ReadByte() == EndObject;
    }
}
