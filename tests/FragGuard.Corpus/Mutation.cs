using System;

namespace FragGuard.Corpus;

/// <summary>Source as it is while somebody edits it: cut off, with pieces missing, doubled or misspelt.</summary>
internal static class Mutation
{
    private const int LongestPiece = 200; // characters
    private const string Marks = "{};()[]<>?.,=&!\"";

    public static string Of(string source, int seed)
    {
        if (source.Length < 2)
            return source;

        Random random = new(seed);
        int at = random.Next(source.Length);
        int length = Math.Min(random.Next(1, LongestPiece), source.Length - at);
        return random.Next(5) switch
        {
            0 => source[..at],
            1 => source.Remove(at, length),
            2 => source.Insert(at, source.Substring(random.Next(source.Length - length + 1), length)),
            3 => source.Insert(at, Marks[random.Next(Marks.Length)].ToString()),
            _ => source[..at] + source[at..].Replace("byte", "Missing", StringComparison.Ordinal),
        };
    }
}
