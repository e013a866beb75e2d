namespace FragGuard.Inspection.Kernel;

/// <summary>Settings under /proc/sys/vm that advice speaks of; null where they are not known.</summary>
public sealed record KernelSettings(
    long? MinFreeKilobytes, long? VfsCachePressure, long? Swappiness, long? ExtfragThreshold)
{
    public static KernelSettings Unknown { get; } = new(null, null, null, null);
}
