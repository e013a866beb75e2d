using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// The memory of a running process through <c>/proc/pid/mem</c>, opened for reading. The kernel checks access as for
/// ptrace (ptrace(2), PTRACE_MODE_ATTACH_FSCREDS) but neither stops nor changes the process.
/// </summary>
internal sealed class LiveMemory(SafeFileHandle file) : IMemorySource, IDisposable
{
    public int Read(ulong address, Span<byte> into)
    {
        int total = 0;
        while (total < into.Length)
        {
            ulong next = address + (ulong)total;
            if (next > long.MaxValue)
                return total;
            int read = ReadSome((long)next, into[total..]);
            if (read <= 0)
                return total;
            total += read;
        }

        return total;
    }

    public void Dispose() => file.Dispose();

    private int ReadSome(long address, Span<byte> into)
    {
        try
        {
            return RandomAccess.Read(file, into, address);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
