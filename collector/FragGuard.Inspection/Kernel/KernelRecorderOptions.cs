using System;

namespace FragGuard.Inspection.Kernel;

/// <summary>How the page allocator is recorded.</summary>
/// <param name="Duration">Null to record until asked to stop, or until the buffer is full.</param>
/// <param name="KilobytesPerCpu">Buffer of page events on each CPU; kmalloc events get a quarter of it beside.</param>
public sealed record KernelRecorderOptions(TimeSpan? Duration, long KilobytesPerCpu)
{
    /// <summary>Whether kmalloc requests are recorded too.</summary>
    public bool WithKmalloc { get; init; } = true;
}
