using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>A set of identifiers, each with what it mentions. Its tables are plain arrays: the first text of a compiler waits for them.</summary>
internal sealed class Vocabulary
{
    private const int Slots = 128; // a power of two
    private const int NoWord = -1;

    private static readonly byte[] EndsWord = WordEnds();

    private readonly string[] _words;
    private readonly Mentioned[] _meanings;

    /// <summary>By the slot of a word's length and first character, the last word with that slot.</summary>
    private readonly int[] _lastOf = new int[Slots];

    /// <summary>By word, the one before with the same slot.</summary>
    private readonly int[] _before;

    /// <summary>By the slots of two characters, 1 where a word begins with them.</summary>
    private readonly byte[] _begins = new byte[Slots * Slots];

    public Vocabulary(params (string Word, Mentioned Meaning)[] words)
    {
        _words = new string[words.Length];
        _meanings = new Mentioned[words.Length];
        _before = new int[words.Length];
        for (int slot = 0; slot < Slots; slot++)
            _lastOf[slot] = NoWord;
        for (int index = 0; index < words.Length; index++)
        {
            string word = words[index].Word;
            _words[index] = word;
            _meanings[index] = words[index].Meaning;
            int slot = SlotOf(word.Length, word[0]);
            _before[index] = _lastOf[slot];
            _lastOf[slot] = index;
            LongestWord = Math.Max(LongestWord, word.Length);
            int first = SlotOf(word[0]) * Slots;
            if (word.Length > 1)
                _begins[first + SlotOf(word[1])] = 1;
            else
                _begins.AsSpan(first, Slots).Fill(1);
        }
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>Characters of the longest word.</summary>
    public int LongestWord { get; }

    /// <summary>
    /// The first index from the given one on where a word may begin, by its first two characters and the one before; the count
    /// where none does. There has to be a character before.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    public int NextBeginning(char[] chars, int start, int count)
    {
        byte[] begins = _begins;
        byte[] ends = EndsWord;
        ReadOnlySpan<char> left = chars.AsSpan(0, count);
        if (start >= left.Length)
            return count;
        int isBeginning = ends[SlotOf(left[start - 1])];
        int first = SlotOf(left[start]);
        for (int at = start + 1; at < left.Length; at++)
        {
            int second = SlotOf(left[at]);
            if ((begins[(first * Slots) + second] & isBeginning) != 0)
                return at - 1;
            isBeginning = ends[first];
            first = second;
        }

        return begins[first * Slots] != 0 ? count - 1 : count; // Nothing follows the last one.
    }

    /// <summary>The place of the word in <see cref="Words"/>; negative for another word.</summary>
    [MethodImpl(HotLoop.Options)]
    public int IndexOf(ReadOnlySpan<char> identifier)
    {
        int index = _lastOf[SlotOf(identifier.Length, identifier[0])];
        while (index >= 0 && !identifier.SequenceEqual(_words[index].AsSpan()))
            index = _before[index];
        return index;
    }

    public Mentioned MeaningOf(int index) => _meanings[index];

    public Mentioned MeaningOf(ReadOnlySpan<char> identifier) =>
        IndexOf(identifier) is >= 0 and int index ? _meanings[index] : Mentioned.None;

    /// <summary>True for what can be part of an identifier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPart(char c) => c >= Slots || EndsWord[c] == 0;

    private static byte[] WordEnds()
    {
        byte[] ends = new byte[Slots];
        for (int c = 0; c < Slots; c++)
            ends[c] = (byte)(c == '_' || char.IsLetterOrDigit((char)c) ? 0 : 1);
        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(char c) => c % Slots;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(int length, char first) => ((length * 7) + first) % Slots;
}
