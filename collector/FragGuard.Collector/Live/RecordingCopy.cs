using System;
using System.IO;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Live;

/// <summary>A recording of what is watched. When it cannot be written any more it ends; the watching goes on.</summary>
internal sealed class RecordingCopy(FileStream file, long minFreeBytes) : IDisposable
{
    private const long BytesBetweenLooks = 16 << 20;

    private long _unlookedBytes;

    /// <summary>Why the recording broke off; null when it did not.</summary>
    public string? Problem { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Problem is not null)
            return;

        try
        {
            file.Write(bytes);
            _unlookedBytes += bytes.Length;
            if (_unlookedBytes >= BytesBetweenLooks)
                LookAtDisk();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Problem = exception.Message;
        }
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException exception)
        {
            Problem ??= exception.Message;
        }
    }

    private void LookAtDisk()
    {
        _unlookedBytes = 0;
        if (RecordingDisk.FreeBytes(file.Name) < minFreeBytes)
            Problem = $"less than {minFreeBytes >> 20} MiB are free on its disk";
    }
}
