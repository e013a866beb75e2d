using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Which entries of a dictionary follow each other in the order of use, in one word for each slot. An entry names both its
/// neighbours, and a link holds when both of its ends say so. Slots are added in the order of their numbers: what an entry
/// says of one behind it waits in its own word when that one is to follow it, else in the other's word. Once its place
/// is known, that takes the place of an entry's links.
/// </summary>
internal sealed class LuaDictLinks
{
    /// <summary>A link to the dictionary's own record.</summary>
    public const int Head = -1;

    /// <summary>In the place of a link: no entry is there, or it does not agree.</summary>
    public const int NoEntry = -2;

    /// <summary>
    /// Entries that name one that others named before, and are remembered for it. Further ones count as if they did not agree: so the
    /// order of a dictionary with more of them, which nginx does not make, may be found in pieces.
    /// </summary>
    private const int MostContested = 1 << 16;

    /// <summary>Who follows: one more than its number, <see cref="HeadFollows"/>, or 0; before a slot was added, who precedes it.</summary>
    private const int Partner = (1 << 24) - 1;

    private const int HeadFollows = Partner;
    private const int IsEntry = 1 << 24;
    private const int NextAgrees = 1 << 25;
    private const int PreviousAgrees = 1 << 26;
    private const int NamesHeadBefore = 1 << 27;

    /// <summary>The complement of its place where an entry has one; so these are the words below 0.</summary>
    private readonly int[] _words;
    private readonly HashSet<(int Number, int Next)> _contested = [];

    /// <exception cref="ArgumentOutOfRangeException">There are too many.</exception>
    public LuaDictLinks(int slots)
    {
        if (slots is < 0 or > LuaDictSlots.Most)
            throw new ArgumentOutOfRangeException(nameof(slots), "A word has room for so many numbers only.");
        _words = new int[slots];
    }

    public int Slots => _words.Length;

    /// <summary>Slots that hold an entry, by their form.</summary>
    public int Entries { get; private set; }

    /// <summary>What is known of a slot is needed soon.</summary>
    /// <param name="number">Its number, <see cref="Head"/>, or <see cref="NoEntry"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int number)
    {
        if (number >= 0)
            SoonRead.Fetch(ref _words[number]);
    }

    /// <summary>Adds the entry of a slot behind all that were added.</summary>
    /// <param name="number">Number of its slot.</param>
    /// <param name="next">Number of the entry used just before, or <see cref="Head"/>.</param>
    /// <param name="previous">Number of the entry used just after.</param>
    public void Add(int number, int next, int previous)
    {
        int word = IsEntry | (next == Head ? HeadFollows : next + 1);
        int agrees = WhenZero((_words[number] ^ word) & Partner);
        if (_contested.Count > 0 && _contested.Contains((number, next)))
            agrees = -1;
        _words[number] = word | (agrees & NextAgrees);
        if (previous == Head)
            _words[number] |= NamesHeadBefore;
        else
            AddToPrevious(number, previous);
        Entries++;
    }

    /// <summary>One that lies behind is told whom it has to name; one that was added is asked. Which of both is as good as random.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddToPrevious(int number, int previous)
    {
        ref int word = ref _words[previous];
        int isBehind = (number - previous) >> 31;
        int expected = ~isBehind & (IsEntry | (number + 1));
        if ((word & (isBehind | IsEntry | Partner)) == expected)
            word = (isBehind & (number + 1)) | (~isBehind & (word | NextAgrees));
        else if (isBehind != 0 && _contested.Count < MostContested)
            _contested.Add((previous, number));
    }

    /// <summary>Whether a slot holds an entry without a place.</summary>
    public bool Waits(int number) => _words[number] >= 0 && (_words[number] & IsEntry) != 0;

    /// <summary>Whether an entry without a place names the head as the one used just after it.</summary>
    public bool NamesHead(int number) => Waits(number) && (_words[number] & NamesHeadBefore) != 0;

    /// <summary>Who follows an entry without a place: a number, <see cref="Head"/>, or <see cref="NoEntry"/> where that one does not agree.</summary>
    public int After(int number)
    {
        int word = _words[number];
        if ((word & Partner) == HeadFollows)
            return Head;
        return (word & NextAgrees) != 0 ? (word & Partner) - 1 : NoEntry;
    }

    /// <summary>Whether another entry agrees that this one, without a place, follows it.</summary>
    /// <remarks>After <see cref="CompleteFollowers"/>.</remarks>
    public bool FollowsOther(int number) => (_words[number] & PreviousAgrees) != 0;

    /// <summary>Whether an entry without a place agrees with the one before or behind it.</summary>
    /// <remarks>After <see cref="CompleteFollowers"/>.</remarks>
    public bool AgreesWithNeighbour(int number) => (_words[number] & (NextAgrees | PreviousAgrees)) != 0;

    /// <summary>From now on the slot has no links but a place.</summary>
    public void Place(int number, int place) => _words[number] = ~place;

    /// <summary>Place of a slot's entry; below 0 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlaceOf(int number) => ~_words[number];

    /// <summary>All slots were added.</summary>
    public void Complete()
    {
        _contested.Clear();
        _contested.TrimExcess();
    }

    /// <summary>What follows entries without a place is marked as following; nobody asks when the order is whole.</summary>
    public void CompleteFollowers()
    {
        foreach (int word in _words)
        {
            if (word >= 0 && (word & NextAgrees) != 0)
                _words[(word & Partner) - 1] |= PreviousAgrees;
        }
    }

    /// <summary>All bits set for 0, none for a number above.</summary>
    private static int WhenZero(int number) => (number - 1) >> 31;
}
