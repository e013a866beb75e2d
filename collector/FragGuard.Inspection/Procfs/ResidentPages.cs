using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// Which OS pages of a process are in memory, from <c>/proc/pid/pagemap</c> (kernel documentation, admin-guide/mm/pagemap):
/// 8 bytes a page, bit 63 present, bit 62 swapped. Needs no capability: the frame numbers are not used.
/// </summary>
public sealed class ResidentPages : IDisposable
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;

    private readonly SafeFileHandle _file;

    internal ResidentPages(SafeFileHandle file) => _file = file;

    public static ulong PageBytes => (ulong)Environment.SystemPageSize;

    /// <summary>
    /// One entry for each OS page of [start, end); of pages that cannot be asked for, <see cref="PageResidence.Unknown"/>.
    /// </summary>
    public IReadOnlyList<PageResidence> Of(ulong start, ulong end)
    {
        ulong first = start / PageBytes;
        ulong pages = end <= start ? 0 : (end - 1) / PageBytes - first + 1;
        var residence = new PageResidence[checked((int)pages)];
        Span<ulong> words = stackalloc ulong[512];
        for (int done = 0; done < residence.Length;)
        {
            Span<ulong> chunk = words[..Math.Min(words.Length, residence.Length - done)];
            int read = ReadSome(MemoryMarshal.AsBytes(chunk), (long)((first + (ulong)done) * sizeof(ulong))) / sizeof(ulong);
            if (read == 0)
                break;
            for (int i = 0; i < read; i++)
                residence[done + i] = Kind(chunk[i]);
            done += read;
        }

        return residence;
    }

    /// <summary>
    /// False once the memory that the file was opened on is gone: the process ended, or execve(2) gave it other memory. The kernel has
    /// an entry for every address, mapped or not, as long as there is any memory.
    /// </summary>
    public bool HaveMemory => ReadSome(stackalloc byte[sizeof(ulong)], 0) > 0;

    public void Dispose() => _file.Dispose();

    private int ReadSome(Span<byte> into, long offset)
    {
        try
        {
            return RandomAccess.Read(_file, into, offset);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static PageResidence Kind(ulong word)
    {
        if ((word & Present) != 0)
            return PageResidence.Resident;
        return (word & Swapped) != 0 ? PageResidence.Swapped : PageResidence.Absent;
    }
}
