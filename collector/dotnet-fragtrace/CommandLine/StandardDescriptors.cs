using System;
using System.Runtime.InteropServices;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>The three file descriptors of Unix that every program is said to have.</summary>
internal static class StandardDescriptors
{
    private const int GetFlags = 1;
    private const int ForReading = 0;
    private const int ForWriting = 1;

    /// <summary>
    /// Fills those that the process was started without, with what fails as they do: the next file to be opened would take their
    /// number, and what is meant for the standard stream.
    /// </summary>
    public static void FillClosed()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (int descriptor = 0; descriptor < 3; descriptor++)
        {
            // The lowest free number is given, and those before this one are taken.
            if (Control(descriptor, GetFlags) < 0)
                _ = Open(in MemoryMarshal.GetReference("/dev/null\0"u8), descriptor == 0 ? ForWriting : ForReading);
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(in byte path, int flags);
}
