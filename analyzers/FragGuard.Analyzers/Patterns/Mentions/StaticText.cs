using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// Tells from what follows <c>static</c> whether it can declare a field, not readonly, of a type whose objects grow. In doubt,
/// such as with a comment in between, it can. What an alias names is not told here.
/// </summary>
internal static class StaticText
{
    public static bool MayStoreGrowable(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> type = default;
        for (bool goesOn = true; goesOn;)
        {
            rest = rest.TrimStart();
            int length = LengthOfName(rest);
            if (length == 0)
                return IsDoubt(rest);
            type = rest.Slice(0, length);
            rest = rest.Slice(length).TrimStart();
            goesOn = IsModifier(type);
            while (!rest.IsEmpty && rest[0] is '.' or ':')
            {
                goesOn = true;
                rest = rest.Slice(1);
            }
        }

        if ((WatchedWords.Vocabulary.MeaningOf(type) & Mentioned.Growable) == Mentioned.None)
            return rest.IsEmpty || rest[0] is '\\';
        if (!rest.IsEmpty && rest[0] == '<')
        {
            int close = TypeArguments.CloseOf(rest);
            if (close < 0)
                return true;
            rest = rest.Slice(close + 1).TrimStart();
        }

        if (!rest.IsEmpty && rest[0] == '?')
            rest = rest.Slice(1).TrimStart();
        int name = LengthOfName(rest);
        if (name == 0)
            return IsDoubt(rest);
        rest = rest.Slice(name).TrimStart();
        return rest.IsEmpty || rest[0] is not ('(' or '<' or '.'); // A method, or a member of an interface.
    }

    private static bool IsModifier(ReadOnlySpan<char> word) => Is(word, "private") || Is(word, "public") || Is(word, "internal")
        || Is(word, "protected") || Is(word, "volatile") || Is(word, "unsafe") || Is(word, "new");

    private static bool IsDoubt(ReadOnlySpan<char> rest) => rest.IsEmpty || rest[0] is '/' or '#' or '\\';

    private static bool Is(ReadOnlySpan<char> word, string known) => word.SequenceEqual(known.AsSpan());

    private static int LengthOfName(ReadOnlySpan<char> text)
    {
        int length = !text.IsEmpty && text[0] == '@' ? 1 : 0;
        while (length < text.Length && Vocabulary.IsPart(text[length]))
            length++;
        return length;
    }
}
