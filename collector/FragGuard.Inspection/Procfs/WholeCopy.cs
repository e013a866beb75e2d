using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// Copies long stretches of another process's memory in one step each (process_vm_readv(2)), where <c>/proc/pid/mem</c> goes through a
/// page of its own for each page: half the processor time.
/// </summary>
internal static class WholeCopy
{
    private static readonly Lazy<bool> Usable = new(static () =>
        OperatingSystem.IsLinux() && IsNumberedAlike(ProcFile.TryReadText("/proc/self/status") ?? ""));

    /// <summary>
    /// Whether process ids of procfs are those of system calls: a process may see the procfs of another PID namespace, in which the
    /// same number is another process (pid_namespaces(7)).
    /// </summary>
    /// <param name="ownStatus">What procfs says of this process: <c>NSpid</c> has one id for each namespace from procfs's to its own.</param>
    internal static bool IsNumberedAlike(string ownStatus) =>
        ownStatus.Split('\n').FirstOrDefault(static line => line.StartsWith("NSpid:", StringComparison.Ordinal)) is { } ids
        && ids.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 2;

    /// <returns>Bytes that were copied, from the first on; 0 where it is not allowed, not possible or nothing is there.</returns>
    /// <param name="processId">The process.</param>
    /// <param name="address">Where in its memory.</param>
    /// <param name="into">Takes the bytes.</param>
    public static unsafe int Read(int processId, ulong address, Span<byte> into)
    {
        if (!Usable.Value || address > long.MaxValue)
            return 0;
        fixed (byte* start = into)
        {
            Stretch local = new((nint)start, into.Length);
            Stretch remote = new((nint)address, into.Length);
            return (int)Math.Clamp(Copy(processId, &local, 1, &remote, 1, 0), 0, into.Length);
        }
    }

    [DllImport("libc", EntryPoint = "process_vm_readv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe nint Copy(int processId, Stretch* local, nuint locals, Stretch* remote, nuint remotes, nuint flags);

    /// <summary>The C library's <c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Stretch(nint Start, nint Bytes);
}
