using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Benchmarks.Recordings;

/// <summary>Milliseconds of the first reading of a process and of later ones (the median of its second half).</summary>
/// <param name="FirstClock">By the clock.</param>
/// <param name="FirstProcessor">Of all processors together.</param>
internal sealed record ReadingTime(double FirstClock, double LaterClock, double FirstProcessor, double LaterProcessor)
{
    public static IReadOnlyList<(string Name, Func<ReadingTime, double> Of)> Kinds { get; } =
    [
        ("first, by the clock", static one => one.FirstClock),
        ("later, by the clock", static one => one.LaterClock),
        ("first, processor time", static one => one.FirstProcessor),
        ("later, processor time", static one => one.LaterProcessor),
    ];

    /// <param name="lines">One of each reading: by the clock, and of the processors.</param>
    public static ReadingTime Of(IReadOnlyList<string> lines)
    {
        List<double> clock = [];
        List<double> processor = [];
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            clock.Add(double.Parse(parts[0], CultureInfo.InvariantCulture));
            processor.Add(double.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return new ReadingTime(clock[0], Later(clock), processor[0], Later(processor));
    }

    private static double Later(List<double> all)
    {
        List<double> later = all[(all.Count / 2)..];
        later.Sort();
        return later[later.Count / 2];
    }
}
