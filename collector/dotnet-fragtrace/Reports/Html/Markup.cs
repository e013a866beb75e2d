namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Text that is markup already. Only constants of this folder are.</summary>
internal readonly record struct Markup(string Text)
{
    public static Markup Measured { get; } = new("""<span class="pill measured">measured</span>""");

    public static Markup Simulated { get; } = new("""<span class="pill simulated">simulated</span>""");

    /// <summary>The class attribute of what exists only under a condition.</summary>
    public static Markup ClassIf(bool condition, string constantName) =>
        new(condition ? $" class=\"{constantName}\"" : "");
}
