namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Constants of the runtime's balanced tuning, per generation of small objects (dynamic tuning).</summary>
internal static class GcTuning
{
    private static readonly long[] FragmentationLimits = [40_000, 80_000, 200_000];
    private static readonly float[] FragmentationShares = [0.5f, 0.5f, 0.25f];

    /// <summary>Whether a plan would free enough for its GC to compact.</summary>
    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="fragmentationBytes">What the plan frees and leaves as gaps.</param>
    /// <param name="sizeBytes">Bytes of the condemned generations.</param>
    public static bool IsFragmented(int generation, long fragmentationBytes, long sizeBytes) =>
        fragmentationBytes >= FragmentationLimits[generation]
        && sizeBytes > 0 && (float)fragmentationBytes / sizeBytes >= FragmentationShares[generation];
}
