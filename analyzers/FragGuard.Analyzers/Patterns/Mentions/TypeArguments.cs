using System;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Type arguments as text.</summary>
internal static class TypeArguments
{
    /// <summary>Where those end that the text begins with; negative when that is not clear.</summary>
    public static int CloseOf(ReadOnlySpan<char> arguments)
    {
        int depth = 0;
        for (int at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case '<':
                    depth++;
                    break;
                case '>' when --depth == 0:
                    return at;
                case '/' or '#' or ';' or '{':
                    return -1;
            }
        }

        return -1;
    }
}
