using System;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation;

/// <summary>How long an entry stays when nobody touches it: the nearest of its expirations.</summary>
internal static class TimeToLive
{
    public const long Never = -1;

    public static long MillisecondsOf(ICacheEntry entry) => MillisecondsOf(
        entry.AbsoluteExpirationRelativeToNow, entry.AbsoluteExpiration, entry.SlidingExpiration);

    public static long MillisecondsOf(TimeSpan? relative, DateTimeOffset? absolute, TimeSpan? sliding)
    {
        TimeSpan nearest = TimeSpan.MaxValue;
        nearest = Nearer(nearest, relative);
        nearest = Nearer(nearest, sliding);
        nearest = Nearer(nearest, absolute - DateTimeOffset.UtcNow);
        if (nearest == TimeSpan.MaxValue)
            return Never;

        return Math.Max(0, (long)nearest.TotalMilliseconds);
    }

    private static TimeSpan Nearer(TimeSpan nearest, TimeSpan? other) => other < nearest ? other.Value : nearest;
}
