using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Which watched words one source text has, and where. Comments and strings count: a word too many costs only time.</summary>
internal sealed class TextMentions
{
    private readonly int[] _starts;

    /// <summary>By mention, the place of its meaning in the table.</summary>
    private readonly byte[] _meanings;

    private readonly Mentioned[] _table;

    /// <param name="starts">Where each word begins.</param>
    /// <param name="meanings">The place in the table of what each mentions.</param>
    /// <param name="table">All meanings.</param>
    /// <param name="hasGlobalUsing">True when the text may have a using directive for all files.</param>
    public TextMentions(int[] starts, byte[] meanings, Mentioned[] table, bool hasGlobalUsing)
    {
        _starts = starts;
        _meanings = meanings;
        _table = table;
        HasGlobalUsing = hasGlobalUsing;
        foreach (byte meaning in meanings)
            All |= table[meaning];
    }

    /// <summary>All that the text mentions.</summary>
    public Mentioned All { get; }

    /// <summary>True when the text may have a using directive for all files.</summary>
    public bool HasGlobalUsing { get; }

    /// <summary>How many words it has.</summary>
    public int Count => _starts.Length;

    public static TextMentions Of(SourceText text, Vocabulary vocabulary) => TextScan.Of(text, vocabulary);

    /// <summary>All that the span mentions.</summary>
    [MethodImpl(HotLoop.Options)]
    public Mentioned Inside(TextSpan span)
    {
        Mentioned inside = Mentioned.None;
        int end = span.End;
        for (int index = FirstFrom(span.Start); index < _starts.Length && _starts[index] < end; index++)
            inside |= _table[_meanings[index]];
        return inside;
    }

    /// <summary>True when a word of that meaning begins inside the span.</summary>
    [MethodImpl(HotLoop.Options)]
    public bool Any(TextSpan span, Mentioned words)
    {
        if ((All & words) == Mentioned.None)
            return false;
        int end = span.End;
        for (int index = FirstFrom(span.Start); index < _starts.Length && _starts[index] < end; index++)
        {
            if ((_table[_meanings[index]] & words) != Mentioned.None)
                return true;
        }

        return false;
    }

    /// <summary>True when one of the words begins inside the span behind one of the others.</summary>
    public bool Any(TextSpan span, Mentioned first, Mentioned then)
    {
        bool isBehind = false;
        for (int index = FirstFrom(span.Start); index < _starts.Length && _starts[index] < span.End; index++)
        {
            Mentioned meaning = _table[_meanings[index]];
            if (isBehind && (meaning & then) != Mentioned.None)
                return true;
            isBehind |= (meaning & first) != Mentioned.None;
        }

        return false;
    }

    /// <summary>Where the words of that meaning begin.</summary>
    public IEnumerable<int> Places(Mentioned words)
    {
        for (int i = 0; i < _starts.Length; i++)
        {
            if ((_table[_meanings[i]] & words) != Mentioned.None)
                yield return _starts[i];
        }
    }

    /// <summary>The first mention at a position or behind it.</summary>
    private int FirstFrom(int position)
    {
        int[] starts = _starts;
        int low = 0;
        for (int high = starts.Length; low < high;)
        {
            int middle = (low + high) >> 1;
            if (starts[middle] < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
