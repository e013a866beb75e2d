using System;
using System.Diagnostics;
using System.Globalization;

namespace FragGuard.Benchmarks.Reader;

/// <summary>The same work over and over in one process: the first time is what a program pays that does it once.</summary>
public static class RepeatedWork
{
    public const int Rounds = 8;

    /// <summary>Prints a line of each round: milliseconds by the clock, and those of all processors together.</summary>
    public static void Time(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            work();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            TimeSpan used = Environment.CpuUsage.TotalTime - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F1} {used.TotalMilliseconds:F1}"));
        }
    }
}
