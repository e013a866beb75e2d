using System;
using System.IO;

namespace FragGuard.Collector.Sessions;

/// <summary>The file a recording goes to. It may hold type names, paths and command lines: only its owner reads it.</summary>
internal static class RecordingOutput
{
    /// <exception cref="SessionException">The file cannot be created.</exception>
    public static FileStream Create(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            return new FileStream(path, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SessionException(
                SessionFailure.OutputFile, $"Cannot create the recording file '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Removes what a session that never began left behind.</summary>
    public static void DeleteEmpty(string path)
    {
        FileInfo file = new(path);
        if (file is { Exists: true, Length: 0 } && file.Attributes.HasFlag(FileAttributes.Device) is false
            && !path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            file.Delete();
        }
    }
}
