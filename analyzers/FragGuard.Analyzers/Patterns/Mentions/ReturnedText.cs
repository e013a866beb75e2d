using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Tells from what precedes <c>new</c> whether a member can return what it makes, converted or not. In doubt it can.</summary>
internal static class ReturnedText
{
    private const string Return = "return";
    private const string Checked = "checked"; // and unchecked

    /// <param name="before">Some text before the keyword, as far as it is known.</param>
    public static bool MayReturn(ReadOnlySpan<char> before)
    {
        while (true)
        {
            ReadOnlySpan<char> trimmed = before.TrimEnd();
            if (trimmed.Length < Checked.Length || before.Slice(trimmed.Length).IndexOfAny('\r', '\n') >= 0)
                return true; // A comment may end in the line before.
            switch (trimmed[trimmed.Length - 1])
            {
                case '(':
                    before = trimmed.Slice(0, trimmed.Length - 1);
                    break;
                case '>':
                    return trimmed[trimmed.Length - 2] == '=';
                case ')' or '/':
                    return true; // Behind a cast or a comment.
                default:
                    return trimmed.EndsWith(Return.AsSpan(), StringComparison.Ordinal) || trimmed.EndsWith(Checked.AsSpan(), StringComparison.Ordinal);
            }
        }
    }
}
