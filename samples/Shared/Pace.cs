using System;
using System.Diagnostics;
using System.Threading;

namespace FragGuard.Samples;

/// <summary>Holds a loop to so many rounds a second, as visitors would.</summary>
public sealed class Pace(int roundsPerSecond)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _rounds;

    public TimeSpan Elapsed => _clock.Elapsed;

    public void Wait()
    {
        _rounds++;
        TimeSpan ahead = TimeSpan.FromSeconds((double)_rounds / roundsPerSecond) - _clock.Elapsed;
        if (ahead > TimeSpan.FromMilliseconds(2))
            Thread.Sleep(ahead);
    }
}
