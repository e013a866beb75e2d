using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Live;

/// <summary>
/// The events of a session as their reader sees them. The reader holds the gate while it works, and gives it up while it
/// waits for bytes: then others may look at what it has made of them. A reader that falls behind holds up the target's
/// sender, and with it fills the target's buffer; what is lost there is counted there.
/// </summary>
internal sealed class LiveStream(Stream events, Lock gate, RecordingCopy? copy, CancellationToken end) : Stream, IPausingStream
{
    private const int ChunkBytes = 128 << 10;

    // The runtime sends what it has ten times a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private Action? _onPause;
    private int _position;
    private int _filled;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the sender has ended the stream.</summary>
    public bool IsAtEnd { get; private set; }

    public void OnPause(Action callback) => _onPause = callback;

    public override int Read(Span<byte> buffer)
    {
        if (_position == _filled)
            Fill();
        int count = Math.Min(buffer.Length, _filled - _position);
        _chunk.AsSpan(_position, count).CopyTo(buffer);
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

    private void Fill()
    {
        gate.Exit();
        try
        {
            _position = 0;
            _filled = Receive();
            IsAtEnd = _filled == 0;
            copy?.Write(_chunk.AsSpan(0, _filled));
        }
        finally
        {
            gate.Enter();
        }
    }

    // A target that dies takes its end of the connection with it: that is an end of the stream, not an error.
    private int Receive()
    {
        try
        {
            ValueTask<int> receiving = events.ReadAsync(_chunk, end);
            if (receiving.IsCompleted)
                return receiving.GetAwaiter().GetResult();

            Task<int> waiting = receiving.AsTask();
            if (Task.WaitAny([waiting], Pause) < 0)
            {
                lock (gate)
                    _onPause?.Invoke();
            }

            return waiting.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            return 0;
        }
    }
}
