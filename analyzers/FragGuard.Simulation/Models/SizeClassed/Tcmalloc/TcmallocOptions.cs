using System.Globalization;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>What tcmalloc is started with.</summary>
/// <param name="ThreadCacheBytes">Most bytes all thread caches hold.</param>
/// <param name="ReleaseRate">A thousand pages freed give back so many pages; 0 gives none back.</param>
/// <param name="DecommitsAtOnce">Whether free pages go back at once.</param>
internal sealed record TcmallocOptions(long ThreadCacheBytes, double ReleaseRate, bool DecommitsAtOnce)
{
    public static ModelSetting[] Settings { get; } =
    [
        new("max_total_thread_cache_bytes", "32m", "most bytes all thread caches hold, 512k to 1g"),
        new("release_rate", "1", "pages given back for each thousand freed; 0 for none"),
        new("aggressive_decommit", "false", "whether free pages go back to the system at once"),
    ];

    /// <exception cref="ModelSettingException">A value is impossible.</exception>
    public static TcmallocOptions From(ModelSettings settings) => new(
        settings.ByteCount("max_total_thread_cache_bytes", 512 << 10, 1 << 30),
        double.TryParse(
            settings.Text("release_rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
            ? rate
            : throw new ModelSettingException($"release_rate={settings.Text("release_rate")} is not a number from 0."),
        settings.Flag("aggressive_decommit"));
}
