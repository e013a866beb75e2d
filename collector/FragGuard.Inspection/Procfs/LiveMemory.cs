using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// The memory of a running process through <c>/proc/pid/mem</c>, opened for reading. The kernel checks access as for
/// ptrace (ptrace(2), PTRACE_MODE_ATTACH_FSCREDS) but neither stops nor changes the process.
/// </summary>
/// <param name="file">The opened file. It stays with the memory it was opened on, whatever process has the id later.</param>
/// <param name="processId">The process.</param>
internal sealed class LiveMemory(SafeFileHandle file, int processId) : IMemorySource, IDisposable
{
    /// <summary>From here on a copy in one step is worth its check.</summary>
    private const int LongBytes = 16 * 1024;

    public int Read(ulong address, Span<byte> into)
    {
        int total = into.Length >= LongBytes ? ReadLong(address, into) : 0;
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

    /// <summary>
    /// What is copied by process id is of this memory only if the file can still be read afterwards: it cannot once the process ended
    /// or became another program.
    /// </summary>
    private int ReadLong(ulong address, Span<byte> into)
    {
        Span<byte> one = stackalloc byte[1];
        int copied = WholeCopy.Read(processId, address, into);
        return copied > 0 && ReadSome((long)address, one) == 1 ? copied : 0;
    }

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
