using System;

namespace FragGuard.Inspection.Kernel;

/// <summary>How the page allocator is recorded.</summary>
/// <param name="Duration">Null to record until asked to stop, or until the buffer is full.</param>
/// <param name="KilobytesPerCpu">Buffer of page events on each CPU; kmalloc events get a quarter of it beside.</param>
public sealed record KernelRecorderOptions(TimeSpan? Duration, long KilobytesPerCpu)
{
    /// <summary>Buffers of kmalloc events are this part of those of page events.</summary>
    internal const long KmallocShare = 4;

    private const long ShareOfAvailable = 8;
    private const long LeastKilobytes = 1024;

    /// <summary>
    /// Kilobytes on each CPU with which all buffers take an eighth of the available memory at most, but 1 MB at least.
    /// </summary>
    /// <param name="cpus">CPUs of the machine that are online: the kernel makes a buffer for each.</param>
    public static long FittingKilobytes(long availableKilobytes, int cpus, long most) =>
        Math.Clamp(availableKilobytes / ShareOfAvailable / cpus * KmallocShare / (KmallocShare + 1), LeastKilobytes, most);

    /// <summary>Whether kmalloc requests are recorded too.</summary>
    public bool WithKmalloc { get; init; } = true;
}
