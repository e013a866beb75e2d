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

    /// <summary>Bytes free for us on the disk of a file; null for a device, or where the system does not tell.</summary>
    public static long? FreeBytes(string path)
    {
        if (IsDevice(path))
            return null;

        try
        {
            string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            string disk = OperatingSystem.IsWindows() ? Path.GetPathRoot(directory)! : directory;
            return new DriveInfo(disk).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <exception cref="SessionException">The disk has less free than that.</exception>
    public static void RequireFree(string path, long bytes)
    {
        if (FreeBytes(path) is { } free && free < bytes)
        {
            throw new SessionException(
                SessionFailure.OutputFile,
                $"The disk of '{path}' has {free >> 20} MiB free; a recording needs more than {bytes >> 20} MiB.");
        }
    }

    /// <summary>Removes what a session that never began left behind.</summary>
    public static void DeleteEmpty(string path)
    {
        FileInfo file = new(path);
        if (file is { Exists: true, Length: 0 } && !IsDevice(path))
            file.Delete();
    }

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        || (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.Device));
}
