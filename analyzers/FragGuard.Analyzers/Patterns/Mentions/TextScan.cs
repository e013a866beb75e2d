using System;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>Reads one text for the words of a vocabulary, piece by piece.</summary>
internal sealed class TextScan
{
    /// <summary>Characters behind a word that can tell what it means.</summary>
    public const int BehindWord = 256;

    /// <summary>Characters before a word that can tell what it means.</summary>
    public const int BeforeWord = 16;

    private const int PieceChars = 8_192;

    [ThreadStatic]
    private static TextScan? s_own;

    /// <summary>A piece of the text, with the characters before it.</summary>
    private readonly char[] _chars = new char[BeforeWord + PieceChars];

    private readonly MeaningTable _table = new();
    private int[] _starts = new int[1_024];
    private byte[] _meanings = new byte[1_024];
    private int _count;
    private bool _hasGlobalUsing;

    public static TextMentions Of(SourceText text, Vocabulary vocabulary)
    {
        TextScan scan = s_own ?? new();
        s_own = null; // Reading a text can run code that reads another.
        scan.Read(text, vocabulary);
        TextMentions mentions = scan.ToMentions();
        s_own = scan;
        return mentions;
    }

    [MethodImpl(HotLoop.Options)]
    private void Read(SourceText text, Vocabulary vocabulary)
    {
        _count = 0;
        _hasGlobalUsing = false;
        _table.Clear();
        int behind = Math.Min(vocabulary.LongestWord + BehindWord, PieceChars - 1);
        int length = text.Length;
        _chars.AsSpan(0, BeforeWord).Fill(' ');
        for (int position = 0; position < length;)
        {
            int piece = Math.Min(PieceChars, length - position);
            text.CopyTo(position, _chars, BeforeWord, piece);
            int count = BeforeWord + piece;
            bool isLast = position + piece == length;
            int next = isLast ? count : count - behind;
            for (int at = BeforeWord; (at = vocabulary.NextBeginning(_chars, at, count)) < next; at++)
            {
                if (Vocabulary.IsPart(_chars[at - 1]))
                    continue;
                int end = at + 1;
                while (end < count && Vocabulary.IsPart(_chars[end]))
                    end++;
                int word = vocabulary.IndexOf(_chars.AsSpan(at, end - at));
                if (word >= 0)
                {
                    Add(
                        position + at - BeforeWord,
                        vocabulary.MeaningOf(word),
                        _chars.AsSpan(at - BeforeWord, BeforeWord),
                        _chars.AsSpan(end, Math.Min(BehindWord, count - end)));
                }

                at = end - 1;
            }

            position += next - BeforeWord; // A word that begins there may not end in the piece.
            Array.Copy(_chars, next - BeforeWord, _chars, 0, BeforeWord);
        }
    }

    /// <param name="start">Where the word begins.</param>
    /// <param name="meaning">What it can mean.</param>
    /// <param name="before">What precedes it.</param>
    /// <param name="rest">What follows it.</param>
    private void Add(int start, Mentioned meaning, ReadOnlySpan<char> before, ReadOnlySpan<char> rest)
    {
        if ((meaning & Mentioned.Creations) != Mentioned.None)
            meaning = CreationText.Of(rest) | (ReturnedText.MayReturn(before) ? meaning & Mentioned.ReturnedNew : Mentioned.None);
        else if ((meaning & Mentioned.GrowableStore) != Mentioned.None && !StaticText.MayStoreGrowable(rest))
            return;
        else if ((meaning & Mentioned.Alias) != Mentioned.None && !AliasText.IsAlias(rest))
            return;
        else if ((meaning & Mentioned.Global) != Mentioned.None)
            _hasGlobalUsing |= AliasText.IsUsing(rest);
        else if ((meaning & Mentioned.DictionaryType) != Mentioned.None && !DictionaryText.MayDeclareCache(rest))
            meaning &= ~Mentioned.CacheType;
        if (meaning == Mentioned.None)
            return;
        if (_count == _starts.Length)
        {
            Array.Resize(ref _starts, _count * 2);
            Array.Resize(ref _meanings, _count * 2);
        }

        _starts[_count] = start;
        _meanings[_count++] = _table.IndexOf(meaning);
    }

    private TextMentions ToMentions()
    {
        if (_count == 0)
            return new([], [], [], hasGlobalUsing: false);
        int[] starts = new int[_count];
        byte[] meanings = new byte[_count];
        Array.Copy(_starts, starts, _count);
        Array.Copy(_meanings, meanings, _count);
        return new(starts, meanings, _table.ToArray(), _hasGlobalUsing);
    }
}
