using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>Coloured labels: where numbers come from, and what became of a finding.</summary>
internal static class PageHtmlBadges
{
    public static Markup Of(Evidence evidence) => evidence switch
    {
        Evidence.Measured => new("""<span class="pill measured">measured</span>"""),
        Evidence.Sampled => new("""<span class="pill sampled">sampled</span>"""),
        _ => new("""<span class="pill simulated">simulated</span>"""),
    };

    /// <summary>The opening tag of a verdict with a sign that says it without colour; the caller writes the words and closes the span.</summary>
    public static Markup Opening(string verdict) =>
        new($"""<span class="verdict {ClassOf(verdict)}"><i>{Verdicts.Sign(verdict)}</i> """);

    /// <summary>A constant for each verdict, so that a verdict from a file never reaches an attribute.</summary>
    public static string ClassOf(string verdict) => verdict switch
    {
        Verdicts.Confirmed => "confirmed",
        Verdicts.Refuted => "refuted",
        Verdicts.NotExercised => "idle",
        _ => "unknown",
    };
}
