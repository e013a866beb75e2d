namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>What mimalloc is started with.</summary>
/// <param name="AllowsDecommit">Whether free slices are given back.</param>
/// <param name="DecommitDelayMilliseconds">How long free slices of a segment in use are kept; 0 not at all.</param>
/// <param name="SegmentDelayMilliseconds">How long the pages of a free segment are kept; 0 not at all.</param>
/// <param name="CommitsEagerly">Whether whole segments are committed.</param>
internal sealed record MimallocOptions(
    bool AllowsDecommit, long DecommitDelayMilliseconds, long SegmentDelayMilliseconds, bool CommitsEagerly)
{
    public static ModelSetting[] Settings { get; } =
    [
        new("allow_decommit", "true", "whether free slices go back to the system"),
        new("decommit_delay", "25", "milliseconds for which free slices of a segment in use are kept; 0 for none"),
        new("segment_decommit_delay", "500", "milliseconds for which the pages of a free segment are kept; 0 for none"),
        new("eager_commit", "true", "whether a segment is committed as a whole"),
    ];

    /// <exception cref="ModelSettingException">A value is impossible.</exception>
    public static MimallocOptions From(ModelSettings settings) => new(
        settings.Flag("allow_decommit"),
        settings.Whole("decommit_delay", 0, int.MaxValue),
        settings.Whole("segment_decommit_delay", 0, int.MaxValue),
        settings.Flag("eager_commit"));
}
