using System;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>A metric and how it is read.</summary>
/// <param name="ValueOf">Null where the result does not tell it.</param>
internal sealed record Measure<T>(MetricDefinition Definition, Func<T, double?> ValueOf)
{
    public Measure(string key, MetricUnit unit, string meaning, Func<T, double?> valueOf)
        : this(new MetricDefinition(key, unit, meaning), valueOf)
    {
    }

    public Measure<T> Headline() => this with { Definition = Definition with { IsHeadline = true } };

    public Measure<T> OfLargeObjects() => this with { Definition = Definition with { IsOfLargeObjects = true } };

    public Measure<T> SmallerIsWorse() => this with { Definition = Definition with { SmallerIsWorse = true } };
}
