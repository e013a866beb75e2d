using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// A stream of events while it arrives: counts it, knows since when it is silent, and keeps a copy where wanted. A target
/// that dies takes its end of the connection with it: that is the end of the stream, not an error.
/// </summary>
internal sealed class ArrivingStream(Stream source, Stream? copy, CancellationToken cancellation) : Stream
{
    private long _receivedBytes;
    private long _lastArrival = Stopwatch.GetTimestamp();

    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    public TimeSpan Silence => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastArrival));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        try
        {
            read = source.ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            read = 0;
        }

        Interlocked.Add(ref _receivedBytes, read);
        Interlocked.Exchange(ref _lastArrival, Stopwatch.GetTimestamp());
        copy?.Write(buffer, offset, read);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
