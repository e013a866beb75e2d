using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// What the texts read last mention, by their contents: a compiler server gets the same texts again and again, each time as
/// other objects. It holds two generations, and drops the older one when the younger is full.
/// </summary>
internal sealed class KeptTexts
{
    private const int Utf8 = 65001; // its code page; those of the other forms of Unicode are 1200, 1201, 12000 and 12001

    /// <summary>What a text takes by itself, in mentions.</summary>
    private const int MentionsWorthOfText = 40;

    private readonly Vocabulary _vocabulary;
    private readonly int _mostMentions;
    private readonly object _gate = new();
    private Dictionary<Key, TextMentions> _young = [];
    private Dictionary<Key, TextMentions> _old = [];
    private int _mentionsOfYoung;
    private int _mentionsOfOld;

    /// <param name="vocabulary">The words that texts are read for.</param>
    /// <param name="mostMentions">Most mentions of one generation; each takes 5 bytes, and a text some 200 more.</param>
    public KeptTexts(Vocabulary vocabulary, int mostMentions)
    {
        _vocabulary = vocabulary;
        _mostMentions = mostMentions;
    }

    /// <summary>Of all compilations of the process.</summary>
    public static KeptTexts OfProcess { get; } = new(WatchedWords.Vocabulary, mostMentions: 1 << 20);

    /// <summary>The mentions that are kept, and what the texts take besides.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _mentionsOfYoung + _mentionsOfOld;
        }
    }

    public TextMentions Of(SourceText text)
    {
        if (!Key.IsOfAllCharacters(text))
            return TextMentions.Of(text, _vocabulary);
        Key key = Key.Of(text);
        lock (_gate)
        {
            if (_young.TryGetValue(key, out TextMentions? known))
                return known;
            if (_old.TryGetValue(key, out known))
                return Keep(key, known);
        }

        TextMentions read = TextMentions.Of(text, _vocabulary);
        lock (_gate)
            return Keep(key, read);
    }

    private TextMentions Keep(Key key, TextMentions mentions)
    {
        if (_mentionsOfYoung >= _mostMentions)
        {
            _old = _young;
            _mentionsOfOld = _mentionsOfYoung;
            _young = [];
            _mentionsOfYoung = 0;
        }

        _young[key] = mentions;
        _mentionsOfYoung += mentions.Count + MentionsWorthOfText;
        return mentions;
    }

    /// <summary>128 bits of the checksum that the compiler has of each file anyway, the encoding, and how many characters there are.</summary>
    private sealed record Key(ulong High, ulong Low, int CodePage, int Length)
    {
        /// <summary>True when characters that differ have bytes that differ, but for halves of surrogate pairs.</summary>
        public static bool IsOfAllCharacters(SourceText text) => CodePageOf(text) is Utf8 or 1200 or 1201 or 12000 or 12001;

        public static Key Of(SourceText text)
        {
            ReadOnlySpan<byte> checksum = text.GetChecksum().AsSpan();
            return new(
                BinaryPrimitives.ReadUInt64LittleEndian(checksum),
                BinaryPrimitives.ReadUInt64LittleEndian(checksum.Slice(8)),
                CodePageOf(text),
                text.Length);
        }

        private static int CodePageOf(SourceText text) => text.Encoding?.CodePage ?? Utf8;
    }
}
