using System;
using System.IO;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Live;

/// <summary>A recording of what is watched. When it cannot be written any more it ends; the watching goes on.</summary>
internal sealed class RecordingCopy : IDisposable
{
    private readonly FileStream _file;

    private RecordingCopy(FileStream file) => _file = file;

    /// <summary>Why the recording broke off; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="SessionException">The file cannot be created.</exception>
    public static RecordingCopy Create(string path) => new(RecordingOutput.Create(path));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Problem is not null)
            return;

        try
        {
            _file.Write(bytes);
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
}
