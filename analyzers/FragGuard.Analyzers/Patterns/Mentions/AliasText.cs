using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Tells from what follows a keyword whether it can give a type another name. In doubt it can.</summary>
internal static class AliasText
{
    /// <summary>True when a using directive goes on behind <c>global</c>, perhaps after a comment or a directive.</summary>
    public static bool IsUsing(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        return !rest.IsEmpty && rest[0] is 'u' or '/' or '#';
    }

    /// <summary>True when a name and an equals sign stand behind <c>using</c>, perhaps after <c>unsafe</c>.</summary>
    public static bool IsAlias(ReadOnlySpan<char> rest)
    {
        for (bool isNamed = false; ;)
        {
            rest = rest.TrimStart();
            if (rest.IsEmpty || rest[0] is '=' or '/' or '#' or '\\')
                return true;
            if (isNamed)
                return false;
            int length = rest[0] == '@' ? 1 : 0;
            while (length < rest.Length && Vocabulary.IsPart(rest[length]))
                length++;
            if (length == 0)
                return false;
            isNamed = !rest.Slice(0, length).SequenceEqual("unsafe".AsSpan());
            rest = rest.Slice(length);
        }
    }
}
