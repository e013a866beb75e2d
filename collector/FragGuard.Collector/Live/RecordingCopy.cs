using System;
using System.IO;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Live;

/// <summary>A recording of what is watched. When it cannot be written any more it ends; the watching goes on.</summary>
internal sealed class RecordingCopy : IDisposable
{
    private const long BytesBetweenLooks = 16 << 20;

    private readonly FileStream _file;
    private readonly long _minFreeBytes;
    private long _unlookedBytes;

    private RecordingCopy(FileStream file, long minFreeBytes)
    {
        _file = file;
        _minFreeBytes = minFreeBytes;
    }

    /// <summary>Why the recording broke off; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="SessionException">The file cannot be created, or its disk has less than that free.</exception>
    public static RecordingCopy Create(string path, long minFreeBytes)
    {
        RecordingOutput.RequireFree(path, minFreeBytes);
        return new RecordingCopy(RecordingOutput.Create(path), minFreeBytes);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Problem is not null)
            return;

        try
        {
            _file.Write(bytes);
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
            _file.Dispose();
        }
        catch (IOException exception)
        {
            Problem ??= exception.Message;
        }
    }

    private void LookAtDisk()
    {
        _unlookedBytes = 0;
        if (RecordingOutput.FreeBytes(_file.Name) < _minFreeBytes)
            Problem = $"less than {_minFreeBytes >> 20} MiB are free on its disk";
    }
}
