using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>An open file descriptor of Unix, written at the position that it shares with other processes, and left open.</summary>
internal sealed class DescriptorStream(int descriptor) : WriteOnlyStream
{
    /// <summary>The descriptor of standard output.</summary>
    public const int StandardOutput = 1;

    /// <summary>The C library's <c>EPIPE</c>, and the <see cref="Exception.HResult"/> of what is thrown then: nobody reads any more.</summary>
    public const int BrokenPipe = 32;

    private const int Interrupted = 4;

    private static readonly int Full = OperatingSystem.IsLinux() ? 11 : 35;
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(1);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = Write(descriptor, in MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                WaitOrThrow(Marshal.GetLastPInvokeError());
        }
    }

    public override void Flush()
    {
    }

    private static void WaitOrThrow(int error)
    {
        // Who shares a pipe may have made it one that does not wait.
        if (error == Full)
            Thread.Sleep(FullPause);
        else if (error != Interrupted)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, in byte first, nuint bytes);
}
