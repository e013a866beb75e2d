using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// Tells from what follows <c>new</c> which allocations it can be. In doubt, such as with a comment in between, it can be any;
/// what an alias names is told by its text alone, so that whoever asks has to look for aliases too.
/// </summary>
internal static class CreationText
{
    public static Mentioned Of(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> name = default;
        bool goesOn = true;
        while (true)
        {
            rest = rest.TrimStart();
            if (rest.IsEmpty)
                return Mentioned.Creations;
            switch (rest[0])
            {
                case '[':
                    return Mentioned.NewArray;
                case '(':
                    return OfArguments(rest.Slice(1), name);
                case '{' or ';' or ')' or ',':
                    return Mentioned.None;
                case '<':
                    int close = TypeArguments.CloseOf(rest);
                    if (close < 0)
                        return Mentioned.Creations;
                    rest = rest.Slice(close + 1);
                    break;
                case '.' or ':':
                    goesOn = true;
                    rest = rest.Slice(1);
                    break;
                case '?' or '*' or '@':
                    rest = rest.Slice(1);
                    break;
                default:
                    int length = LengthOfName(rest);
                    if (length == 0)
                        return Mentioned.Creations;
                    if (!goesOn)
                        return Mentioned.None; // The modifier of a member.
                    name = rest.Slice(0, length);
                    goesOn = false;
                    rest = rest.Slice(length);
                    break;
            }
        }
    }

    /// <param name="rest">What follows the parenthesis.</param>
    /// <param name="name">The last part of the type's name; empty where the target gives the type, or it is a tuple of an array.</param>
    private static Mentioned OfArguments(ReadOnlySpan<char> rest, ReadOnlySpan<char> name)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] is '/' or '#')
            return Mentioned.Creations;
        if (rest[0] == ')')
            return name.IsEmpty || IsGrowable(name) ? Mentioned.NewGrowable : Mentioned.None;
        return name.IsEmpty ? Mentioned.NewArray | Mentioned.NewSized
            : IsSized(name) ? Mentioned.NewSized
            : Mentioned.None;
    }

    /// <summary>Types whose constructors take the size of a large array.</summary>
    private static bool IsSized(ReadOnlySpan<char> name) => Is(name, "List") || Is(name, "MemoryStream")
        || Is(name, "StringBuilder") || Is(name, "string") || Is(name, "String");

    /// <summary>Types that grow by the arrays that hold their elements.</summary>
    private static bool IsGrowable(ReadOnlySpan<char> name) => Is(name, "List") || Is(name, "Dictionary") || Is(name, "Queue")
        || Is(name, "Stack") || Is(name, "MemoryStream") || Is(name, "ArrayBufferWriter");

    private static bool Is(ReadOnlySpan<char> name, string known) => name.SequenceEqual(known.AsSpan());

    private static int LengthOfName(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && Vocabulary.IsPart(text[length]))
            length++;
        return length;
    }
}
