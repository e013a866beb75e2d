namespace FragGuard.Simulation.Models.DotNet;

/// <summary>How the heaps of one GC are laid out.</summary>
internal static class GcLayout
{
    /// <summary>Size of a region as set.</summary>
    /// <exception cref="ModelSettingException">It is not a power of two, or out of bounds.</exception>
    public static long RegionBytes(ModelSettings settings, long least)
    {
        long bytes = settings.ByteCount("region", least, 1L << 32);
        return (bytes & (bytes - 1)) == 0
            ? bytes
            : throw new ModelSettingException($"region={settings.Text("region")} is not a power of two.");
    }
}
