using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Code as messages quote it.</summary>
internal static class SourceText
{
    private const int Longest = 60; // characters

    /// <summary>The code on one line, cut where it gets too long.</summary>
    public static string Of(IOperation operation)
    {
        string text = operation.Syntax.ToString();
        int end = text.IndexOfAny(['\r', '\n']);
        if (end < 0 && text.Length <= Longest)
            return text;
        return text.Substring(0, end >= 0 && end < Longest ? end : Longest) + "…";
    }

    /// <summary>The line, counted from one.</summary>
    public static int LineOf(IOperation operation) => operation.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
