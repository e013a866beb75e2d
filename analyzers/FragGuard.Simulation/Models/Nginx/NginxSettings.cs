using System;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>Settings and ways of counting shared by the models of nginx zones.</summary>
internal static class NginxSettings
{
    public const string Counting =
        "C is the zone; R is its records and every page ever used; "
        + "F is free slots of cut pages and whole free pages, each slot and each run of pages one extent";

    public static ModelSetting Zone { get; } =
        new("zone", "8m", "size of the zone in bytes, its own records included; at least 8k");

    public static ModelRemedies Remedies { get; } = new(Zone.Key, [], []);

    public static ModelSetting Page { get; } =
        new("page", "4k", "page size of the system in bytes: 4k, 8k, 16k, 32k or 64k");

    public static ModelSetting Version { get; } =
        new("nginx", "1.22.1", "version of nginx, 1.7.2 or later, which settles the zone's own records");

    /// <exception cref="ModelSettingException">No such zone can exist.</exception>
    public static SlabPool Pool(ModelSettings settings)
    {
        long zoneBytes = settings.ByteCount(Zone.Key, min: 8192, max: 1L << 40);
        int pageBytes = (int)settings.ByteCount(Page.Key, min: 4096, max: 65536);
        if ((pageBytes & (pageBytes - 1)) != 0)
            throw new ModelSettingException($"page={settings.Text(Page.Key)} is not a power of two.");
        SlabRules rules = SlabRules.Of(settings.Text(Version.Key));
        if (pageBytes > rules.LargestPageBytes)
        {
            throw new ModelSettingException(
                $"nginx={settings.Text(Version.Key)} cannot use pages of {pageBytes} bytes: "
                + $"its bitmaps fail on more than {rules.LargestPageBytes}.");
        }

        try
        {
            return new SlabPool(new SlabGeometry(zoneBytes, pageBytes, rules));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ModelSettingException(
                $"zone={settings.Text(Zone.Key)} does not hold 1 to {SlabGeometry.MaxPages} pages of {pageBytes} bytes.");
        }
    }
}
