namespace FragGuard.Inspection.Breakdown;

/// <summary>What a piece of a process's address space is for.</summary>
public enum PartKind
{
    /// <summary>Private memory of no file whose owner is not known.</summary>
    Anonymous,

    /// <summary>Machine code of the program and its libraries.</summary>
    ProgramText,

    /// <summary>Variables of the program and its libraries: writable parts of their files, and their zeroed rest.</summary>
    ProgramData,

    /// <summary>Everything else that is mapped from a file: constants, tables of strings, data files.</summary>
    MappedFiles,

    /// <summary>Memory of no file shared between processes: nginx's zones, System V and POSIX shared memory, memfd.</summary>
    SharedMemory,

    ThreadStacks,

    /// <summary>The program break, from which glibc's main arena takes its memory.</summary>
    MainHeap,

    /// <summary>glibc's further arenas: heaps of at most 64 MiB each.</summary>
    Arenas,

    /// <summary>Large blocks to which glibc gave a mapping of their own.</summary>
    LargeBlocks,

    /// <summary>Memory that an allocator other than glibc's has named as its own.</summary>
    OtherAllocator,

    /// <summary>Machine code made at run time.</summary>
    JitCode,

    GcGen0,
    GcGen1,
    GcGen2,
    GcLargeObjects,
    GcPinnedObjects,

    /// <summary>Committed by the GC, and no object is there: the rest of regions, and regions kept for later.</summary>
    GcUnused,

    /// <summary>The GC's own records of its regions, such as card tables.</summary>
    GcRecords,

    /// <summary>Address space of the .NET GC whose generations are not known.</summary>
    GcHeap,

    /// <summary>Memory of LuaJIT's own allocator: all that Lua programs hold.</summary>
    LuaJit,

    /// <summary>Mapped by the kernel: vdso, vvar.</summary>
    Kernel,

    /// <summary>Device memory.</summary>
    Device,
}
