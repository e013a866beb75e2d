using System;
using System.IO;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>What tests of <c>kernel</c> ask of the machine they run on.</summary>
internal static class KernelMachine
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void NeedLinux()
    {
        if (!OperatingSystem.IsLinux())
            LivePrograms.Missing("The kernel is looked at on Linux only.");
    }

    /// <summary>Whether only the file's owner may read it.</summary>
    public static bool IsPrivate(string file) => OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == Private;
}
