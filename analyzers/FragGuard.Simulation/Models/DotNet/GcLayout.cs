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

    /// <summary>Whether GCs start by themselves.</summary>
    /// <exception cref="ModelSettingException">The setting has an impossible value.</exception>
    public static bool CollectsOnBudget(ModelSettings settings) => settings.Text("gc") switch
    {
        "self" => true,
        "scripted" => false,
        string other => throw new ModelSettingException($"gc={other} is neither self nor scripted."),
    };
}
