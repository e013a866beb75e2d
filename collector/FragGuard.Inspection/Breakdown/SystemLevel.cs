using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>The whole process as the kernel sees it, in bytes; sums over all mappings of smaps.</summary>
/// <param name="VirtualBytes">All address space that is mapped.</param>
/// <param name="InaccessibleBytes">Of it, reserved without any right: guards, and space kept for growth. It costs no memory.</param>
/// <param name="ResidentBytes">In memory: the next three together.</param>
/// <param name="AnonymousBytes">Private pages of no file.</param>
/// <param name="FileBytes">Pages of files; the kernel can take the unwritten ones back at any time.</param>
/// <param name="SharedMemoryBytes">Pages of shared memory of no file.</param>
/// <param name="ProportionalBytes">Resident, each page divided by the number of processes that map it.</param>
/// <param name="PrivateBytes">Resident, and mapped by no other process.</param>
/// <param name="UntouchedBytes">Writable and private or shared memory of no file, but neither in memory nor in swap: it may come at any time.</param>
/// <param name="Status">The kernel's own sums in status, read just before.</param>
/// <param name="Limit">Null when no memory limit of a control group is known.</param>
/// <param name="AvailableBytes">MemAvailable of the machine; null when it is not told.</param>
public sealed record SystemLevel(
    long VirtualBytes, long InaccessibleBytes, long ResidentBytes, long AnonymousBytes, long FileBytes, long SharedMemoryBytes,
    long ProportionalBytes, long PrivateBytes, long SwappedBytes, long LazyFreeBytes, long HugePageBytes, long HugeTlbBytes,
    long UntouchedBytes, ProcessMemoryStatus Status, ControlGroupMemory? Limit, long? AvailableBytes);
