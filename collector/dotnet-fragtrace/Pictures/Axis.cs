using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>A scale from 0 to at least the largest value, with round marks on it.</summary>
internal sealed class Axis
{
    private const int FewestMarks = 4;
    private const int FewestMinutes = 8;
    private const double MinuteMs = 60_000;

    private readonly double _step;

    private Axis(double largest, double step)
    {
        _step = step;
        Largest = largest;
    }

    /// <summary>The value at the end of the axis.</summary>
    public double Largest { get; }

    /// <summary>Marks at round binary amounts, one of them at the end.</summary>
    public static Axis OfBytes(double largest)
    {
        double bound = Bounded(largest, 1L << 62);
        double step = Math.Pow(2, Math.Floor(Math.Log2(Math.Max(bound / FewestMarks, 1))));
        if (bound > (2 * FewestMarks - 1) * step)
            step *= 2;
        return new Axis(Math.Max(Math.Ceiling(bound / step), 1) * step, step);
    }

    /// <summary>Marks at the quarters of its end, such as those of a share.</summary>
    public static Axis OfQuarters(double end) => new(end, end / FewestMarks);

    /// <summary>Marks at 1, 2 or 5 times a power of ten of milliseconds or minutes; the axis ends where the values end.</summary>
    public static Axis OfTime(double largestMs)
    {
        double bound = Math.Max(Bounded(largestMs, 1e15), 1);
        double unit = bound < FewestMinutes * MinuteMs ? 1 : MinuteMs;
        double power = unit * Math.Pow(10, Math.Floor(Math.Log10(bound / unit / FewestMarks)));
        double ratio = bound / FewestMarks / power;
        double step = power * (ratio < 2 ? 1 : ratio < 5 ? 2 : 5);
        return new Axis(bound, step);
    }

    public IEnumerable<double> Marks()
    {
        for (double mark = 0; mark <= Largest * 1.0001; mark += _step)
            yield return mark;
    }

    /// <summary>Where a value lies on an axis of this length.</summary>
    public double Place(double value, double length) => Bounded(value, Largest) / Largest * length;

    private static double Bounded(double value, double most) => double.IsFinite(value) ? Math.Clamp(value, 0, most) : 0;
}
