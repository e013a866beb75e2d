using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// The values an expression can have: a few disjoint intervals in ascending order, so that a cache of small and large
/// entries does not look like one of all sizes between. No part at all means that no value ever arrives here.
/// </summary>
internal sealed class IntervalSet
{
    private const int MostParts = 8;

    /// <summary>An array, whose code the runtime has: each collection of a structure is compiled anew in every compiler process.</summary>
    private readonly Interval[] _parts;

    private IntervalSet(params Interval[] parts) => _parts = parts;

    public static IntervalSet Unknown { get; } = new(Interval.Everything);

    public static IntervalSet Nothing { get; } = new();

    public IReadOnlyList<Interval> Parts => _parts;

    /// <summary>The least value; there has to be one.</summary>
    public long Min => _parts[0].Min;

    /// <summary>The greatest value; there has to be one.</summary>
    public long Max => _parts[_parts.Length - 1].Max;

    /// <summary>Every part has two known ends.</summary>
    public bool IsKnown
    {
        get
        {
            foreach (Interval part in _parts)
            {
                if (!part.IsBounded)
                    return false;
            }

            return true;
        }
    }

    public bool IsNothing => _parts.Length == 0;

    /// <summary>True when it is every value.</summary>
    public bool IsUnknown => _parts.Length == 1 && _parts[0] is { Min: long.MinValue, Max: long.MaxValue };

    public static IntervalSet Of(long value) => new(new Interval(value, value));

    public static IntervalSet Of(Interval interval) => new(interval);

    public static IntervalSet Of(IEnumerable<Interval> intervals) => Joined([.. intervals]);

    public IntervalSet Join(IntervalSet other)
    {
        if (other.IsNothing)
            return this;
        if (IsNothing)
            return other;
        Interval[] all = new Interval[_parts.Length + other._parts.Length];
        Array.Copy(_parts, all, _parts.Length);
        Array.Copy(other._parts, 0, all, _parts.Length, other._parts.Length);
        return Joined(all);
    }

    public IntervalSet Map(Func<Interval, Interval> operation)
    {
        Interval[] all = new Interval[_parts.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = operation(_parts[i]);
        return Joined(all);
    }

    public IntervalSet Combine(IntervalSet other, Func<Interval, Interval, Interval> operation)
    {
        Interval[] all = new Interval[_parts.Length * other._parts.Length];
        int next = 0;
        foreach (Interval left in _parts)
        {
            foreach (Interval right in other._parts)
                all[next++] = operation(left, right);
        }

        return Joined(all);
    }

    public override string ToString() => string.Join(";", Parts.Select(part => $"{part.Min}-{part.Max}"));

    /// <summary>The set of all values of some intervals, which it sorts where they are.</summary>
    private static IntervalSet Joined(Interval[] intervals)
    {
        Sort(intervals);
        int count = 0;
        foreach (Interval interval in intervals)
        {
            if (count > 0 && intervals[count - 1].Meets(interval))
                intervals[count - 1] = intervals[count - 1].Hull(interval);
            else
                intervals[count++] = interval;
        }

        for (; count > MostParts; count--)
            CloseNarrowestGap(intervals, count);
        Interval[] parts = new Interval[count];
        Array.Copy(intervals, parts, count);
        return new(parts);
    }

    /// <summary>By their least values. There are few.</summary>
    private static void Sort(Interval[] intervals)
    {
        for (int i = 1; i < intervals.Length; i++)
        {
            Interval moved = intervals[i];
            int at = i;
            for (; at > 0 && intervals[at - 1].Min > moved.Min; at--)
                intervals[at] = intervals[at - 1];
            intervals[at] = moved;
        }
    }

    private static void CloseNarrowestGap(Interval[] parts, int count)
    {
        int narrowest = 1;
        for (int i = 2; i < count; i++)
        {
            if (parts[i].Min - parts[i - 1].Max < parts[narrowest].Min - parts[narrowest - 1].Max)
                narrowest = i;
        }

        parts[narrowest - 1] = parts[narrowest - 1].Hull(parts[narrowest]);
        Array.Copy(parts, narrowest + 1, parts, narrowest, count - narrowest - 1);
    }
}
