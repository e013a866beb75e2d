using System;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>One layer of the timeline.</summary>
/// <param name="Class">Its class in report.css.</param>
/// <param name="Name">What the legend calls it.</param>
/// <param name="BytesOf">Its thickness at one moment.</param>
internal sealed record TimelineBand(string Class, string Name, Func<HeapMoment, double> BytesOf)
{
    /// <summary>Points of one layer: more than the eye can part on the page's width.</summary>
    public const int MostMoments = 540;
}
