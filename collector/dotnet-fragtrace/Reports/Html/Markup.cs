namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Text that is markup already: constants and numbers of ours, never a name from a trace.</summary>
internal readonly record struct Markup(string Text)
{
    /// <summary>The class attribute of what exists only under a condition.</summary>
    public static Markup ClassIf(bool condition, string constantName) =>
        new(condition ? $" class=\"{constantName}\"" : "");
}
