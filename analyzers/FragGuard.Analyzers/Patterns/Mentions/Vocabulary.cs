using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>A set of identifiers, each with what it mentions.</summary>
internal sealed class Vocabulary
{
    private const int Slots = 128; // a power of two

    private readonly Dictionary<int, (string Word, Mentioned Meaning)[]> _byLengthAndFirst;

    /// <summary>By the slots of two characters, 1 where a word begins with them.</summary>
    private readonly byte[] _begins = new byte[Slots * Slots];

    public Vocabulary(IEnumerable<(string Word, Mentioned Meaning)> words)
    {
        Words = [.. words.Select(entry => entry.Word)];
        LongestWord = Words.Count == 0 ? 0 : Words.Max(word => word.Length);
        _byLengthAndFirst = words.GroupBy(entry => KeyOf(entry.Word.AsSpan())).ToDictionary(same => same.Key, same => same.ToArray());
        foreach (string word in Words)
        {
            int first = SlotOf(word[0]) * Slots;
            if (word.Length > 1)
                _begins[first + SlotOf(word[1])] = 1;
            else
                _begins.AsSpan(first, Slots).Fill(1);
        }
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>Characters of the longest word.</summary>
    public int LongestWord { get; }

    /// <summary>The first index from the given one on where a word may begin, by its first two characters; the count where none does.</summary>
    [MethodImpl(HotLoop.Options)]
    public int NextBeginning(char[] chars, int start, int count)
    {
        byte[] begins = _begins;
        ReadOnlySpan<char> left = chars.AsSpan(0, count);
        if (start >= left.Length)
            return count;
        int first = SlotOf(left[start]);
        for (int at = start + 1; at < left.Length; at++)
        {
            int second = SlotOf(left[at]);
            if (begins[(first * Slots) + second] != 0)
                return at - 1;
            first = second;
        }

        return begins[first * Slots] != 0 ? count - 1 : count; // Nothing follows the last one.
    }

    public Mentioned MeaningOf(ReadOnlySpan<char> identifier)
    {
        if (!_byLengthAndFirst.TryGetValue(KeyOf(identifier), out (string, Mentioned)[] entries))
            return Mentioned.None;
        foreach ((string word, Mentioned meaning) in entries)
        {
            if (identifier.SequenceEqual(word.AsSpan()))
                return meaning;
        }

        return Mentioned.None;
    }

    private static int KeyOf(ReadOnlySpan<char> word) => (word.Length << 16) | word[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(char c) => c % Slots;
}
