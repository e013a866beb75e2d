namespace FragGuard.FragTrace.Pictures;

/// <summary>A part of a bar.</summary>
internal readonly record struct BarPart(string Label, double Amount, Ink Ink);
