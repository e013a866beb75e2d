using System;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>The time that a session may last.</summary>
internal static class Countdown
{
    // A timer takes 49 days, and whole milliseconds, of which it leaves the rest away.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    /// <summary>Completes, and never fails, once <paramref name="duration"/> is over or <paramref name="end"/> has completed in any way.</summary>
    public static async Task WaitAsync(TimeSpan duration, Task end, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        while (!end.IsCompleted)
        {
            TimeSpan left = duration - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return;
            TimeSpan step = left < LongestStep ? left + TimerResolution : LongestStep;
            await Task.WhenAny(end, Task.Delay(step, clock)).ConfigureAwait(false);
        }
    }
}
