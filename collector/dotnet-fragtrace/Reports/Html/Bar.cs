using System;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Lengths of bars.</summary>
internal static class Bar
{
    /// <summary>The value in percent of the largest one, 0..100.</summary>
    public static double Percent(double value, double largest) =>
        largest > 0 && double.IsFinite(value / largest) ? Math.Clamp(value / largest, 0, 1) * 100 : 0;
}
