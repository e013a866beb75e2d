using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace FragGuard.Collector.Sessions;

/// <summary>Bytes on their way from the recording to the live analysis: bounded, and the writer never waits.</summary>
internal sealed class LivePipe(int maxBytes) : Stream
{
    private readonly Queue<byte[]> _chunks = new();
    private byte[] _current = [];
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

            _chunks.Enqueue(bytes.ToArray());
            _queuedBytes += bytes.Length;
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
        if (_position == _current.Length && !MoveToNextChunk())
            return 0;

        int count = Math.Min(buffer.Length, _current.Length - _position);
        _current.AsSpan(_position, count).CopyTo(buffer);
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

    private bool MoveToNextChunk()
    {
        lock (_chunks)
        {
            while (_chunks.Count == 0)
            {
                if (_isComplete)
                    return false;
                Monitor.Wait(_chunks);
            }

            _current = _chunks.Dequeue();
            _position = 0;
            _queuedBytes -= _current.Length;
            return true;
        }
    }
}
