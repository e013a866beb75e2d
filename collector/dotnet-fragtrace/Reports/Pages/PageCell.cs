namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What a reader sees.</param>
/// <param name="Value">What the column is sorted by; its text where null.</param>
internal readonly record struct PageCell(string Text, double? Value = null)
{
    /// <summary>Whether it names a part of what the row above names: its text begins with a blank.</summary>
    public bool IsPart => Text is [' ', ..];

    public static implicit operator PageCell(string text) => new(text);

    public override string ToString() => Text;
}
