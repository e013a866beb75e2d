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

    private IntervalSet(IReadOnlyList<Interval> parts) => Parts = parts;

    public static IntervalSet Unknown { get; } = new([Interval.Everything]);

    public static IntervalSet Nothing { get; } = new([]);

    public IReadOnlyList<Interval> Parts { get; }

    /// <summary>Every part has two known ends.</summary>
    public bool IsKnown => Parts.All(part => part.IsBounded);

    public bool IsNothing => Parts.Count == 0;

    public static IntervalSet Of(long value) => new([new(value, value)]);

    public static IntervalSet Of(Interval interval) => new([interval]);

    public static IntervalSet Of(IEnumerable<Interval> intervals)
    {
        List<Interval> parts = [];
        foreach (Interval interval in intervals.OrderBy(part => part.Min).ThenBy(part => part.Max))
        {
            int last = parts.Count - 1;
            if (last >= 0 && parts[last].Meets(interval))
                parts[last] = parts[last].Hull(interval);
            else
                parts.Add(interval);
        }

        while (parts.Count > MostParts)
            CloseNarrowestGap(parts);
        return new(parts);
    }

    public IntervalSet Join(IntervalSet other) =>
        other.IsNothing ? this : IsNothing ? other : Of(Parts.Concat(other.Parts));

    public IntervalSet Map(Func<Interval, Interval> operation) => Of(Parts.Select(operation));

    public IntervalSet Combine(IntervalSet other, Func<Interval, Interval, Interval> operation) =>
        Of(Parts.SelectMany(_ => other.Parts, operation));

    public override string ToString() => string.Join(";", Parts.Select(part => $"{part.Min}-{part.Max}"));

    private static void CloseNarrowestGap(List<Interval> parts)
    {
        int narrowest = 1;
        for (int i = 2; i < parts.Count; i++)
        {
            if (parts[i].Min - parts[i - 1].Max < parts[narrowest].Min - parts[narrowest - 1].Max)
                narrowest = i;
        }

        parts[narrowest - 1] = parts[narrowest - 1].Hull(parts[narrowest]);
        parts.RemoveAt(narrowest);
    }
}
