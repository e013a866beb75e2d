using System;
using System.Globalization;

namespace FragGuard.Benchmarks.Recording;

/// <summary>What recordings of the load hold.</summary>
/// <param name="Operations">Operations of the load while they ran.</param>
/// <param name="PeakBytes">Most memory of the tool.</param>
internal readonly record struct RecordedFigures(double Operations, long Bytes, long Events, long EventsLost, long PeakBytes)
{
    public RecordedFigures With(RecordedFigures other) => new(
        Operations + other.Operations, Bytes + other.Bytes, Events + other.Events, EventsLost + other.EventsLost,
        Math.Max(PeakBytes, other.PeakBytes));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Bytes / Operations / 10:0.000} MB and {1e5 * Events / Operations:0} events for 100,000 operations, {EventsLost} of {Events} lost, "
        + $"tool at most {PeakBytes / 1e6:0} MB");
}
