using System;
using System.Buffers.Binary;
using System.IO;

namespace FragGuard.Collector.Events;

/// <summary>
/// The whole blocks of a recording of format version 6, with an end mark after them whether the recording has one or not:
/// the library forgets events that wait for their turn when the end mark is missing.
/// </summary>
internal sealed class WholeBlocks : Stream
{
    private const int HeaderBytes = 20;
    private const int BlockHeaderBytes = 4;
    private const int LengthMask = 0xFF_FFFF;
    private const int EndKind = 0;

    private readonly Stream _recording;
    private long _position;

    /// <param name="recording">Able to seek; stays open.</param>
    public WholeBlocks(Stream recording)
    {
        _recording = recording;
        BlockBytes = Math.Min(HeaderBytes, recording.Length);
        Span<byte> header = stackalloc byte[BlockHeaderBytes];
        while (BlockBytes + BlockHeaderBytes <= recording.Length)
        {
            recording.Position = BlockBytes;
            recording.ReadExactly(header);
            int block = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (block >>> 24 == EndKind)
            {
                IsEnded = true;
                break;
            }

            long next = BlockBytes + BlockHeaderBytes + (block & LengthMask);
            if (next > recording.Length)
                break;
            BlockBytes = next;
        }

        recording.Position = 0;
    }

    /// <summary>Where the last whole block ends.</summary>
    public long BlockBytes { get; }

    /// <summary>Whether an end mark follows there.</summary>
    public bool IsEnded { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_position < BlockBytes)
        {
            count = _recording.Read(buffer[..(int)Math.Min(buffer.Length, BlockBytes - _position)]);
        }
        else
        {
            // The end mark is a block of kind 0 and no bytes.
            count = (int)Math.Min(buffer.Length, BlockBytes + BlockHeaderBytes - _position);
            buffer[..count].Clear();
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
