using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// Tells from what follows the name of a dictionary type whether it can declare a field that serves as a cache: one of arrays,
/// or one whose name says so. In doubt, such as with a comment in between, it can. What an alias names is not told here.
/// </summary>
internal static class DictionaryText
{
    private const string Cache = "cache";

    public static bool MayDeclareCache(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] != '<')
            return !rest.IsEmpty && rest[0] is '/' or '#';
        int close = TypeArguments.CloseOf(rest);
        if (close < 0)
            return true;
        ReadOnlySpan<char> arguments = rest.Slice(0, close);
        rest = rest.Slice(close + 1).TrimStart();
        if (!rest.IsEmpty && rest[0] == '?')
            rest = rest.Slice(1).TrimStart();
        if (rest.IsEmpty || rest[0] is '/' or '#' or '@' or '\\')
            return true;
        if (!Vocabulary.IsPart(rest[0]))
            return false; // It is made there, or a part of another type.
        if (arguments.IndexOf('[') >= 0)
            return true;
        int end = rest.IndexOf(';');
        return end < 0 || rest.Slice(0, end).IndexOf(Cache.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
