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

    private static readonly bool[] IsWordChar =
        Enumerable.Range(0, 128).Select(c => c == '_' || char.IsLetterOrDigit((char)c)).ToArray();

    [ThreadStatic]
    private static char[]? s_buffer;

    private readonly int[] _starts;
    private readonly Mentioned[] _meanings;

    private TextMentions(Mentioned all, int[] starts, Mentioned[] meanings)
    {
        All = all;
        _starts = starts;
        _meanings = meanings;
    }

    /// <summary>All that the text mentions.</summary>
    public Mentioned All { get; }

    [MethodImpl(HotLoop.Options)]
    public static TextMentions Of(SourceText text, Vocabulary vocabulary)
    {
        char[] buffer = s_buffer ??= new char[BufferChars];
        bool[] isWordChar = IsWordChar; // Optimized at once, code reads a static field anew each time.
        List<int> starts = [];
        List<Mentioned> meanings = [];
        Mentioned all = Mentioned.None;
        int length = text.Length;
        for (int position = 0; position < length;)
        {
            int count = Math.Min(BufferChars, length - position);
            text.CopyTo(position, buffer, 0, count);
            ReadOnlySpan<char> chars = buffer.AsSpan(0, count);
            bool isLast = position + count == length;
            int next = count;
            for (int at = 0; at < chars.Length; at++)
            {
                char first = chars[at];
                if (first < isWordChar.Length && !isWordChar[first])
                    continue;

                int start = at;
                for (at++; at < chars.Length; at++)
                {
                    char c = chars[at];
                    if (c < isWordChar.Length && !isWordChar[c])
                        break;
                }

                if (at == chars.Length && !isLast && start > 0)
                {
                    next = start; // The word may go on: read it again from its start.
                    break;
                }

                if (!vocabulary.MayHave(first, at - start))
                    continue;
                Mentioned meaning = vocabulary.MeaningOf(chars.Slice(start, at - start));
                if (meaning == Mentioned.None)
                    continue;
                all |= meaning;
                starts.Add(position + start);
                meanings.Add(meaning);
            }

            position += next;
        }

        return new(all, [.. starts], [.. meanings]);
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
}
