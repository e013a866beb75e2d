using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>A set of identifiers, each with what it mentions.</summary>
internal sealed class Vocabulary
{
    private const int Slots = 128;
    private const int LengthBits = 64;

    /// <summary>By first character; null where no word begins.</summary>
    private readonly (string Word, Mentioned Meaning)[]?[] _byFirst = new (string, Mentioned)[]?[Slots];

    /// <summary>By first character, the lengths of the words that begin with it, one bit each.</summary>
    private readonly ulong[] _lengths = new ulong[Slots];

    public Vocabulary(IEnumerable<(string Word, Mentioned Meaning)> words)
    {
        Words = [.. words.Select(entry => entry.Word)];
        foreach (IGrouping<int, (string Word, Mentioned Meaning)> entries in words.GroupBy(entry => SlotOf(entry.Word[0])))
        {
            _byFirst[entries.Key] = [.. entries];
            foreach ((string word, _) in entries)
                _lengths[entries.Key] |= LengthBit(word.Length);
        }
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>False when no word has that first character and that length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(char first, int length) => (_lengths[SlotOf(first)] & LengthBit(length)) != 0;

    public Mentioned MeaningOf(ReadOnlySpan<char> identifier)
    {
        foreach ((string word, Mentioned meaning) in _byFirst[SlotOf(identifier[0])] ?? [])
        {
            if (identifier.SequenceEqual(word.AsSpan()))
                return meaning;
        }

        return Mentioned.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(char first) => first < Slots ? first : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LengthBit(int length) => 1UL << Math.Min(length, LengthBits - 1);
}
