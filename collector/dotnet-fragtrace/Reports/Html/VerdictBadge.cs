namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The coloured label of a verdict; a sign says the same without colour.</summary>
internal static class VerdictBadge
{
    /// <summary>The opening tag with its sign; the caller writes the words and closes the span.</summary>
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
