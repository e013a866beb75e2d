using System;

namespace FragGuard.Inspection.Procfs;

/// <summary>One line of <c>/proc/pid/maps</c>.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">First address behind it; both are multiples of the OS page.</param>
/// <param name="Permissions">Four letters, such as <c>rw-p</c>.</param>
/// <param name="Offset">Offset of <paramref name="Start"/> in the file, in bytes.</param>
/// <param name="Inode">0 where no file is behind it.</param>
/// <param name="Path">File, or a name in brackets such as <c>[heap]</c>; empty when there is neither.</param>
public sealed record MemoryMapping(ulong Start, ulong End, string Permissions, ulong Offset, ulong Inode, string Path)
{
    public ulong Bytes => End - Start;

    public bool IsReadable => Permissions[0] == 'r';

    public bool IsWritable => Permissions[1] == 'w';

    public bool IsExecutable => Permissions[2] == 'x';

    public bool IsShared => Permissions[3] == 's';

    /// <summary>
    /// No file, and no name but one that the program gave it itself (PR_SET_VMA_ANON_NAME, prctl(2)): plain private memory, or unnamed
    /// shared memory.
    /// </summary>
    public bool IsAnonymous => Inode == 0 && (Path.Length == 0 || Path.StartsWith("[anon:", StringComparison.Ordinal));

    public bool Contains(ulong address) => address >= Start && address < End;

    /// <summary>File name without folders, and without the kernel's remark that it was deleted.</summary>
    public string FileName
    {
        get
        {
            string path = Path.EndsWith(" (deleted)", StringComparison.Ordinal) ? Path[..^" (deleted)".Length] : Path;
            return path[(path.LastIndexOf('/') + 1)..];
        }
    }
}
