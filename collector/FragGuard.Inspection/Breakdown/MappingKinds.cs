using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>What the line of a mapping alone says of its purpose.</summary>
internal sealed class MappingKinds
{
    private static readonly string[] KernelNames = ["[vdso]", "[vvar]", "[vvar_vclock]", "[vsyscall]", "[vectors]", "[sigpage]", "[uprobes]"];

    private static readonly string[] AllocatorNames = ["jemalloc", "mimalloc", "tcmalloc"];

    private readonly HashSet<string> _programs;

    private readonly (PartKind, Certainty, string) _rest;

    /// <param name="mappings">All of the process.</param>
    /// <param name="allocators">Allocators other than glibc's that it has.</param>
    public MappingKinds(IEnumerable<MemoryMapping> mappings, IReadOnlyList<string> allocators)
    {
        _programs = mappings.Where(static one => one.IsExecutable && IsOfFile(one)).Select(static one => one.Path)
            .ToHashSet(StringComparer.Ordinal);
        _rest = (
            PartKind.Anonymous, Certainty.Estimated,
            allocators.Count == 0 ? "what is left" : $"what is left; the heap of {string.Join(", ", allocators)} is in it and cannot be told apart");
    }

    public MemoryClaim Of(MemoryMapping mapping)
    {
        (PartKind kind, Certainty certainty, string how) = Recognise(mapping);
        return new MemoryClaim(mapping.Start, mapping.End, kind, certainty, how);
    }

    /// <summary>Shared memory of no file, whichever call made it.</summary>
    public static bool IsSharedMemory(MemoryMapping mapping) =>
        mapping.Path is "/dev/zero (deleted)" or "/dev/zero" && mapping.IsShared
        || StartsWith(mapping, "/SYSV") || StartsWith(mapping, "/memfd:") || StartsWith(mapping, "/dev/shm/")
        || StartsWith(mapping, "[anon_shmem:");

    private (PartKind Kind, Certainty Certainty, string How) Recognise(MemoryMapping mapping)
    {
        if (mapping.Path.StartsWith('['))
            return Named(mapping);
        if (StartsWith(mapping, "/memfd:doublemapper"))
            return (PartKind.JitCode, Certainty.Certain, "the name doublemapper, which .NET gives to memory for code");
        if (IsSharedMemory(mapping))
            return (PartKind.SharedMemory, Certainty.Certain, "the kernel's name for shared memory of no file");
        if (StartsWith(mapping, "/anon_hugepage"))
            return (PartKind.Anonymous, Certainty.Certain, "the kernel's name for huge pages of no file");
        if (StartsWith(mapping, "/dev/") || StartsWith(mapping, "anon_inode:"))
            return (PartKind.Device, Certainty.Certain, "a device file");
        return mapping.IsAnonymous ? Unnamed(mapping) : OfFile(mapping);
    }

    private (PartKind, Certainty, string) Named(MemoryMapping mapping)
    {
        if (mapping.Path is "[heap]")
            return (PartKind.MainHeap, Certainty.Certain, "the kernel's name [heap]");
        if (mapping.Path is "[stack]")
            return (PartKind.ThreadStacks, Certainty.Certain, "the kernel's name [stack]");
        if (KernelNames.Contains(mapping.Path, StringComparer.Ordinal))
            return (PartKind.Kernel, Certainty.Certain, "the kernel's names [vdso] and [vvar]");
        if (AllocatorNames.Any(name => mapping.Path.Contains(name, StringComparison.OrdinalIgnoreCase)))
            return (PartKind.OtherAllocator, Certainty.Certain, "the name the allocator gave it");
        return mapping.IsExecutable ? Jit : _rest;
    }

    private (PartKind, Certainty, string) Unnamed(MemoryMapping mapping) => mapping switch
    {
        { IsExecutable: true } => Jit,
        { IsShared: true } => (PartKind.SharedMemory, Certainty.Certain, "shared memory of no file"),
        _ => _rest,
    };

    private (PartKind, Certainty, string) OfFile(MemoryMapping mapping)
    {
        if (mapping.IsExecutable)
            return (PartKind.ProgramText, Certainty.Certain, "an executable mapping of a file");
        return mapping is { IsWritable: true, IsShared: false } && _programs.Contains(mapping.Path)
            ? (PartKind.ProgramData, Certainty.Certain, "a private writable mapping of a program file")
            : (PartKind.MappedFiles, Certainty.Certain, "a mapping of a file");
    }

    private static (PartKind, Certainty, string) Jit =>
        (PartKind.JitCode, Certainty.Likely, "executable memory of no file");

    private static bool IsOfFile(MemoryMapping mapping) => mapping.Inode != 0 && mapping.Path.StartsWith('/') && !IsSharedMemory(mapping);

    private static bool StartsWith(MemoryMapping mapping, string start) => mapping.Path.StartsWith(start, StringComparison.Ordinal);
}
