using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace FragGuard.Collector.Sessions;

/// <summary>Bytes on their way from the recording to the live analysis: bounded, and the writer never waits.</summary>
internal sealed class LivePipe(int maxBytes) : Stream
{
    private const int ChunkBytes = 128 << 10;

    private readonly Queue<Chunk> _chunks = new();
    private readonly Stack<Chunk> _free = new();
    private Chunk? _current;
    private Chunk? _newest;
    private int _position;
    private long _queuedBytes;
    private bool _isComplete;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>False when the reader is too far behind: the bytes were not taken.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        lock (_chunks)
        {
            if (_isComplete || _queuedBytes + bytes.Length > maxBytes)
                return false;

            _queuedBytes += bytes.Length;
            while (bytes.Length > 0)
                bytes = bytes[Append(bytes)..];
            Monitor.Pulse(_chunks);
            return true;
        }
    }

    /// <summary>Lets the reader see the end after what is queued.</summary>
    public void Complete()
    {
        lock (_chunks)
        {
            _isComplete = true;
            Monitor.PulseAll(_chunks);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        Chunk? current = _position < _current?.Length ? _current : MoveToNextChunk();
        if (current is null)
            return 0;

        int count = Math.Min(buffer.Length, current.Length - _position);
        current.Bytes.AsSpan(_position, count).CopyTo(buffer);
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

    private int Append(ReadOnlySpan<byte> bytes)
    {
        if (_newest is null || _newest.Length == ChunkBytes)
        {
            _newest = _free.TryPop(out Chunk? free) ? free : new Chunk();
            _newest.Length = 0;
            _chunks.Enqueue(_newest);
        }

        int count = Math.Min(bytes.Length, ChunkBytes - _newest.Length);
        bytes[..count].CopyTo(_newest.Bytes.AsSpan(_newest.Length));
        _newest.Length += count;
        return count;
    }

    private Chunk? MoveToNextChunk()
    {
        lock (_chunks)
        {
            if (_current is not null)
                _free.Push(_current);
            _current = null;
            _position = 0;
            while (_chunks.Count == 0)
            {
                if (_isComplete)
                    return null;
                Monitor.Wait(_chunks);
            }

            _current = _chunks.Dequeue();
            if (_current == _newest)
                _newest = null;
            _queuedBytes -= _current.Length;
            return _current;
        }
    }

    /// <summary>Filled from its start while it is queued; the reader has it alone afterwards.</summary>
    private sealed class Chunk
    {
        public byte[] Bytes { get; } = new byte[ChunkBytes];

        public int Length { get; set; }
    }
}
