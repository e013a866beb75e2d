using System.Text.Json;
using FragGuard.Inspection.Breakdown;

namespace FragGuard.FragTrace.Reports;

/// <summary>Words for the parts of a process's memory.</summary>
internal static class MemoryWords
{
    /// <summary>The key of JSON, such as gcGen2.</summary>
    public static string Key(PartKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Whether what is resident of a part is in use.</summary>
    public static string Holds(PartKind kind) => kind switch
    {
        PartKind.ProgramText or PartKind.ProgramData or PartKind.MappedFiles or PartKind.LargeBlocks or PartKind.Kernel or PartKind.Device
            or PartKind.GcGen0 or PartKind.GcGen1 or PartKind.GcGen2 or PartKind.GcLargeObjects or PartKind.GcPinnedObjects
            or PartKind.GcRecords => "used",
        PartKind.Anonymous => "unknown",
        _ => "claimed",
    };

    public static string Name(string part) => part switch
    {
        "programText" => "program text",
        "programData" => "program data",
        "mappedFiles" => "mapped files",
        "sharedMemory" => "shared memory",
        "threadStacks" => "thread stacks",
        "mainHeap" => "malloc main heap",
        "arenas" => "malloc arenas",
        "largeBlocks" => "malloc large blocks",
        "otherAllocator" => "other allocator",
        "jitCode" => "JIT code",
        "gcGen0" => "GC generation 0",
        "gcGen1" => "GC generation 1",
        "gcGen2" => "GC generation 2",
        "gcLargeObjects" => "GC large objects",
        "gcPinnedObjects" => "GC pinned objects",
        "gcUnused" => "GC committed, unused",
        "gcRecords" => "GC records",
        "gcHeap" => "GC heap",
        "luaJit" => "LuaJIT memory",
        "kernel" => "mapped by the kernel",
        "device" => "devices",
        _ => "anonymous rest",
    };
}
