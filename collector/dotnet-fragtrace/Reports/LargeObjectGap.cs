using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a recording does not tell of its large objects.</summary>
internal static class LargeObjectGap
{
    /// <summary>Above this share of bytes with unknown lifetimes a replay holds what the program had long let go.</summary>
    public const double MostUnknown = 0.5;

    /// <summary>One sentence; null when births and deaths are known well enough for a replay.</summary>
    public static string? Of(LargeObjectHistory objects)
    {
        if (objects.Births == 0)
            return "The recording names no large objects; --profile run records them.";
        return objects.UnknownLifetimeRatio > MostUnknown
            ? $"The recording does not tell when {Amounts.Percent(objects.UnknownLifetimeRatio)} of its large-object bytes died, so they live "
                + "to its end here; --profile run records what each GC leaves alive."
            : null;
    }
}
