using System;
using System.IO;

namespace FragGuard.Collector.Sessions;

/// <summary>Room for a recording.</summary>
internal static class RecordingDisk
{
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

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        || (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.Device));
}
