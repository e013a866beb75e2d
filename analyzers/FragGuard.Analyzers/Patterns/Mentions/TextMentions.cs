using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Which watched words one source text has, and where. Comments and strings count: a word too many costs only time.</summary>
internal sealed class TextMentions
{
    private const int BufferChars = 8_192;
    private const int GlobalChars = 6; // "global"

    private static readonly bool[] IsWordChar =
        Enumerable.Range(0, 128).Select(c => c == '_' || char.IsLetterOrDigit((char)c)).ToArray();

    [ThreadStatic]
    private static char[]? s_buffer;

    private readonly int[] _starts;
    private readonly Mentioned[] _meanings;

    private TextMentions(Mentioned all, int[] starts, Mentioned[] meanings, bool hasGlobalUsing)
    {
        All = all;
        HasGlobalUsing = hasGlobalUsing;
        _starts = starts;
        _meanings = meanings;
    }

    /// <summary>All that the text mentions.</summary>
    public Mentioned All { get; }

    /// <summary>True when the text may have a using directive for all files.</summary>
    public bool HasGlobalUsing { get; }

    public static TextMentions Of(SourceText text, Vocabulary vocabulary)
    {
        char[] buffer = s_buffer ??= new char[BufferChars];
        List<int> starts = [];
        List<Mentioned> meanings = [];
        Mentioned all = Mentioned.None;
        bool hasGlobalUsing = false;
        int length = text.Length;
        for (int position = 0; position < length;)
        {
            int count = Math.Min(BufferChars, length - position);
            text.CopyTo(position, buffer, 0, count);
            bool isLast = position + count == length;
            int next = isLast ? count : Math.Max(1, count - vocabulary.LongestWord);
            for (int at = 0; (at = vocabulary.NextBeginning(buffer, at, count)) < next; at++)
            {
                if (IsPart(at > 0 ? buffer[at - 1] : position > 0 ? text[position - 1] : ' '))
                    continue;
                Mentioned meaning = vocabulary.MeaningOf(buffer.AsSpan(at, LengthOfWord(buffer, at, count)));
                if (meaning == Mentioned.None)
                    continue;
                all |= meaning;
                hasGlobalUsing |= (meaning & Mentioned.Global) != Mentioned.None && IsUsing(text, position + at + GlobalChars);
                starts.Add(position + at);
                meanings.Add(meaning);
            }

            position += next; // A word that begins there may not end in the buffer.
        }

        return new(all, [.. starts], [.. meanings], hasGlobalUsing);
    }

    /// <summary>True when the keyword goes on there, perhaps after a comment or a directive.</summary>
    private static bool IsUsing(SourceText text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return end < text.Length && text[end] is 'u' or '/' or '#';
    }

    /// <summary>All that the span mentions.</summary>
    [MethodImpl(HotLoop.Options)]
    public Mentioned Inside(TextSpan span)
    {
        Mentioned inside = Mentioned.None;
        int[] starts = _starts;
        if (starts.Length == 0 || starts[starts.Length - 1] < span.Start)
            return inside;
        int index = Array.BinarySearch(starts, span.Start);
        for (index = index < 0 ? ~index : index; index < starts.Length && starts[index] < span.End; index++)
            inside |= _meanings[index];
        return inside;
    }

    /// <summary>True when a word of that meaning begins inside the span.</summary>
    [MethodImpl(HotLoop.Options)]
    public bool Any(TextSpan span, Mentioned words)
    {
        if ((All & words) == Mentioned.None)
            return false;
        int index = Array.BinarySearch(_starts, span.Start);
        for (index = index < 0 ? ~index : index; index < _starts.Length && _starts[index] < span.End; index++)
        {
            if ((_meanings[index] & words) != Mentioned.None)
                return true;
        }

        return false;
    }

    /// <summary>Where the words of that meaning begin.</summary>
    public IEnumerable<int> Places(Mentioned words)
    {
        for (int i = 0; i < _starts.Length; i++)
        {
            if ((_meanings[i] & words) != Mentioned.None)
                yield return _starts[i];
        }
    }

    private static int LengthOfWord(char[] chars, int start, int count)
    {
        int end = start + 1;
        while (end < count && IsPart(chars[end]))
            end++;
        return end - start;
    }

    private static bool IsPart(char c) => c >= IsWordChar.Length || IsWordChar[c];
}
