using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Inspection.Procfs;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Shared memory read as the object behind a mapping, through <c>/proc/pid/map_files</c> (proc_pid_map_files(5)): so not even
/// the target's page tables change. The kernel allows it with CAP_CHECKPOINT_RESTORE or CAP_SYS_ADMIN only; reading through
/// the process maps each page that is read into the process as well.
/// </summary>
internal sealed class SharedObjectMemory : IMemorySource, IDisposable
{
    private const int SeekData = 3;
    private const int SeekHole = 4;

    /// <summary>ENXIO: nothing but a hole follows.</summary>
    private const int NoMoreData = 6;

    /// <summary>Pieces of an object that are looked for; a zone in more pieces is not summed up.</summary>
    private const int MostPieces = 1 << 20;

    private readonly SafeFileHandle _object;
    private readonly SharedMemory _memory;

    private SharedObjectMemory(SafeFileHandle opened, SharedMemory memory)
    {
        _object = opened;
        _memory = memory;
    }

    /// <summary>Null when it is not allowed, or when a file or device of some name is behind the mapping: opening it could have effects.</summary>
    public static SharedObjectMemory? TryOpen(int processId, SharedMemory memory)
    {
        if (!memory.IsUnnamed)
            return null;
        string path = string.Create(
            CultureInfo.InvariantCulture, $"/proc/{processId}/map_files/{memory.Start:x}-{memory.FirstEnd:x}");
        try
        {
            return new SharedObjectMemory(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), memory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public int Read(ulong address, Span<byte> into)
    {
        if (address < _memory.Start || address >= _memory.End)
            return 0;
        var offset = (long)(_memory.Offset + (address - _memory.Start));
        Span<byte> wanted = into[..(int)Math.Min((ulong)into.Length, _memory.End - address)];
        int total = 0;
        try
        {
            int read;
            while (total < wanted.Length && (read = RandomAccess.Read(_object, wanted[total..], offset + total)) > 0)
                total += read;
        }
        catch (IOException)
        {
            // What was read so far counts.
        }

        return total;
    }

    /// <summary>Bytes up to an address that occupy memory or swap, whoever used them; null when the kernel does not tell (lseek(2)).</summary>
    public long? AllocatedBytes(ulong end)
    {
        var at = (long)_memory.Offset;
        var stop = (long)(_memory.Offset + (Math.Min(end, _memory.End) - _memory.Start));
        long sum = 0;
        for (int piece = 0; at < stop; piece++)
        {
            long data = Seek(_object, at, SeekData);
            if (data < 0 && Marshal.GetLastPInvokeError() == NoMoreData)
                return sum;
            long hole = data < 0 ? -1 : Seek(_object, data, SeekHole);
            if (hole <= data || piece == MostPieces)
                return null;
            sum += Math.Max(0, Math.Min(hole, stop) - data);
            at = hole;
        }

        return sum;
    }

    public void Dispose() => _object.Dispose();

    [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Seek(SafeFileHandle file, long offset, int whence);
}
