using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>One line of a chart.</summary>
internal sealed record LineSeries(string Label, Ink Ink, IReadOnlyList<(double Time, double Value)> Points);
