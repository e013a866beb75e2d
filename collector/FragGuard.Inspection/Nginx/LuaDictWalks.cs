using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Walks along the links of entries, many side by side: where the order of use is not that of addresses, each step waits for memory, and
/// steps of different walks wait together. A walk ends before any entry whose number is a multiple of some power of two, which
/// starts a walk of its own. No entry follows two others, so walks never meet, and one that comes round ends before its start.
/// </summary>
internal sealed class LuaDictWalks
{
    private const int SideBySide = 32;

    private readonly LuaDictLinks _links;
    private readonly int _spacing;

    /// <param name="spacing">Every number that is a multiple of it starts a walk; a power of two.</param>
    public LuaDictWalks(LuaDictLinks links, int spacing)
    {
        if (!int.IsPow2(spacing))
            throw new ArgumentOutOfRangeException(nameof(spacing), "Walks start at the multiples of a power of two.");
        _links = links;
        _spacing = spacing;
    }

    /// <summary>Whether walks end before an entry, which starts one of its own.</summary>
    public bool IsStart(int number) => (number & (_spacing - 1)) == 0;

    /// <summary>Entries without a place before which walks end, in the order of addresses.</summary>
    public IEnumerable<int> Starts()
    {
        for (int number = 0; number < _links.Slots; number += _spacing)
        {
            if (_links.Waits(number))
                yield return number;
        }
    }

    /// <summary>Finds out how far entries without a place follow each other.</summary>
    /// <param name="firsts">Where to start: at entries before which walks end, or that follow no other.</param>
    /// <param name="ended">Takes each run, in no certain order.</param>
    public void Measure(IEnumerable<int> firsts, Action<LuaDictRun> ended)
    {
        using IEnumerator<int> waiting = firsts.GetEnumerator();
        Span<Walk> walks = stackalloc Walk[SideBySide];
        int walking = 0;
        while (walking < walks.Length && waiting.MoveNext())
            walks[walking++] = new Walk(waiting.Current);
        while (walking > 0)
        {
            for (int i = walking - 1; i >= 0; i--)
            {
                ref Walk walk = ref walks[i];
                int after = _links.After(walk.At);
                walk.Entries++;
                if (after >= 0 && !IsStart(after))
                {
                    walk.At = after;
                    _links.Fetch(after);
                    continue;
                }

                ended(new LuaDictRun(walk.First, walk.Entries, walk.At, after));
                walk = waiting.MoveNext() ? new Walk(waiting.Current) : walks[--walking];
            }
        }
    }

    /// <summary>Gives the entries of runs their places.</summary>
    /// <param name="runs">They follow each other.</param>
    /// <param name="place">Of the first entry.</param>
    /// <returns>The place behind the last entry.</returns>
    public int Place(IReadOnlyList<LuaDictRun> runs, int place)
    {
        Span<Placing> placings = stackalloc Placing[SideBySide];
        int placing = 0;
        int started = 0;
        while (placing < placings.Length && started < runs.Count)
            placings[placing++] = Start(runs[started++], ref place);
        while (placing > 0)
        {
            for (int i = placing - 1; i >= 0; i--)
            {
                ref Placing one = ref placings[i];
                int after = _links.After(one.At);
                _links.Place(one.At, one.Place++);
                one.At = after;
                _links.Fetch(after);
                if (one.Place == one.End)
                    one = started < runs.Count ? Start(runs[started++], ref place) : placings[--placing];
            }
        }

        return place;
    }

    private static Placing Start(LuaDictRun run, ref int place)
    {
        int first = place;
        place += run.Entries;
        return new Placing { At = run.First, Place = first, End = place };
    }

    private struct Walk(int first)
    {
        public readonly int First = first;
        public int At = first;
        public int Entries;
    }

    private struct Placing
    {
        public int At;
        public int Place;

        /// <summary>The place behind the run's last entry.</summary>
        public int End;
    }
}
