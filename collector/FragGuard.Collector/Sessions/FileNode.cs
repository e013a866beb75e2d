using System;
using System.IO;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Sessions;

/// <summary>What a path leads to, links followed, as Linux knows it (statx(2)): two paths of one file have the same.</summary>
/// <param name="Device">Number of the disk, the major half above the minor one.</param>
/// <param name="Inode">Number on the disk.</param>
/// <param name="Type">Its type, as the highest bits of <c>st_mode</c> (inode(7)).</param>
public readonly record struct FileNode(ulong Device, ulong Inode, int Type)
{
    private const int CurrentDirectory = -100;
    private const uint TypeAndInode = 0x101;
    private const int TypeBits = 0xF000;
    private const int Pipe = 0x1000;
    private const int Regular = 0x8000;
    private const int Socket = 0xC000;

    public bool IsRegular => Type == Regular;

    public bool IsPipe => Type == Pipe;

    public bool IsSocket => Type == Socket;

    /// <returns>Null where nothing is, and where the system does not tell.</returns>
    public static unsafe FileNode? Of(string path)
    {
        if (!OperatingSystem.IsLinux() || path.Length == 0)
            return null;
        try
        {
            Status status;
            return Look(CurrentDirectory, path, 0, TypeAndInode, &status) == 0
                ? new FileNode(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode, status.Mode & TypeBits)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // musl has it since 1.2.5.
            return null;
        }
    }

    /// <summary>Whether an open file is on a disk: no device and no pipe.</summary>
    public static bool IsOnDisk(FileStream file) => Of(file.Name)?.IsRegular
        ?? (file.CanSeek && !file.Name.StartsWith("/dev/", StringComparison.Ordinal));

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe int Look(
        int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint wanted, Status* status);

    /// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
