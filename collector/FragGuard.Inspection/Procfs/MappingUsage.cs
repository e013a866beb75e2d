namespace FragGuard.Inspection.Procfs;

/// <summary>
/// One mapping and how much of it is in memory: one entry of <c>/proc/pid/smaps</c> (proc_pid_smaps(5)). All amounts are
/// in bytes and multiples of 1024, as the kernel prints them; what an older kernel does not print is 0.
/// </summary>
/// <param name="ResidentBytes">In memory, huge pages of hugetlbfs not counted.</param>
public sealed record MappingUsage(MemoryMapping Mapping, long ResidentBytes)
{
    /// <summary>Resident, each page divided by the number of processes that map it.</summary>
    public long ProportionalBytes { get; init; }

    /// <summary>Resident pages that belong to no file: private, written ones.</summary>
    public long AnonymousBytes { get; init; }

    /// <summary>Resident, and no other process maps it: what goes when this process goes.</summary>
    public long PrivateBytes { get; init; }

    /// <summary>Resident, and freed by MADV_FREE: the kernel takes it when memory gets short.</summary>
    public long LazyFreeBytes { get; init; }

    /// <summary>Resident in transparent huge pages of anonymous memory.</summary>
    public long HugePageBytes { get; init; }

    public long SwappedBytes { get; init; }

    /// <summary>In huge pages of hugetlbfs, which the kernel counts apart from resident memory.</summary>
    public long HugeTlbBytes { get; init; }
}
