using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>
/// The file a recording goes to. It may hold type names, paths and command lines: only its owner reads it. An earlier one keeps what it
/// holds until a session begins.
/// </summary>
internal sealed class RecordingFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Linux's EAGAIN, which is how it says that another process has the lock (fcntl(2)).</summary>
    private const int IsLocked = 11;

    private readonly FileStream _stream;
    private readonly bool _isRegular;
    private bool _isOurs;

    private RecordingFile(FileStream stream, bool isRegular, bool isNew)
    {
        _stream = stream;
        _isRegular = isRegular;
        _isOurs = isNew;
    }

    /// <summary>Waits for a reader where the path is a pipe.</summary>
    /// <exception cref="SessionException">The file cannot be written, or another process records into it.</exception>
    public static Task<RecordingFile> OpenAsync(string path, CancellationToken cancellation) =>
        Task.Run(() => Open(path), cancellation).WaitAsync(cancellation);

    /// <summary>Empties the file for a session that began.</summary>
    public FileStream Begin()
    {
        if (_isRegular)
            _stream.SetLength(0);
        _isOurs = true;
        return _stream;
    }

    /// <summary>Closes the file, and removes one of ours that holds nothing.</summary>
    public void Close()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: the writes before have said so.
        }

        FileInfo file = new(_stream.Name);
        if (_isOurs && _isRegular && file is { Exists: true, Length: 0 })
            file.Delete();
    }

    private static RecordingFile Open(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        FileStream? stream = null;
        try
        {
            bool isNew = !File.Exists(path);
            stream = new FileStream(path, options);
            bool isRegular = FileNode.IsOnDisk(stream);
            if (isRegular)
                Claim(stream);
            return new RecordingFile(stream, isRegular, isNew);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            stream?.Dispose();
            throw new SessionException(
                SessionFailure.OutputFile, $"Cannot create the recording file '{path}': {exception.Message}", exception);
        }
    }

    private static void Claim(FileStream stream)
    {
        // The share mode keeps a second writer out on Windows only; a lock would keep readers out there too.
        if (OperatingSystem.IsLinux())
            Lock(stream);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
    }

    [SupportedOSPlatform("linux")]
    private static void Lock(FileStream stream)
    {
        try
        {
            stream.Lock(0, 0);
        }
        catch (IOException exception) when (exception.HResult == IsLocked)
        {
            throw new IOException("another process records into it.", exception);
        }
        catch (IOException)
        {
            // Some network disks have no locks.
        }
    }
}
