using System.Collections.Generic;
using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// Numbers for names, from 0 in the order in which they were first seen. A name can be given up, and the next new one
/// takes its number. Names are looked up as parts of a line, so that a name already known costs no memory.
/// </summary>
internal sealed class NameTable
{
    private const int None = -1;

    private readonly List<Entry> _entries = new();
    private readonly Stack<int> _released = new();
    private int[] _firsts = NewBuckets(16);

    /// <summary>Numbers ever given.</summary>
    public int Count => _entries.Count;

    /// <summary>The name with that number; a name that was given up until its number is given again.</summary>
    public string this[int number] => _entries[number].Name;

    /// <summary>Length of the name in UTF-8.</summary>
    public int BytesOf(int number) => _entries[number].Bytes;

    public int NumberOf(string name) => NumberOf(name, 0, name.Length);

    /// <summary>The number of a part of a text, a new one if need be.</summary>
    public int NumberOf(string text, int start, int length)
    {
        uint hash = HashOf(text, start, length);
        int known = Find(hash, text, start, length);
        return known == None ? Add(hash, text.Substring(start, length)) : known;
    }

    /// <returns>The number of a part of a text, or −1 when it is no name.</returns>
    public int Find(string text, int start, int length) => Find(HashOf(text, start, length), text, start, length);

    /// <summary>Gives up a name.</summary>
    public void Release(int number)
    {
        Entry released = _entries[number];
        int bucket = BucketOf(released.Hash);
        if (_firsts[bucket] == number)
        {
            _firsts[bucket] = released.Next;
        }
        else
        {
            int before = _firsts[bucket];
            while (_entries[before].Next != number)
                before = _entries[before].Next;
            _entries[before] = _entries[before] with { Next = released.Next };
        }

        _released.Push(number);
    }

    private static int[] NewBuckets(int count)
    {
        int[] buckets = new int[count];
        for (int i = 0; i < count; i++)
            buckets[i] = None;
        return buckets;
    }

    /// <summary>FNV-1a by character, with its high bits folded down.</summary>
    private static uint HashOf(string text, int start, int length)
    {
        uint hash = 2_166_136_261;
        for (int i = start; i < start + length; i++)
            hash = unchecked((hash ^ text[i]) * 16_777_619);
        return hash ^ (hash >> 15);
    }

    private int BucketOf(uint hash) => (int)(hash & (uint)(_firsts.Length - 1));

    private int Find(uint hash, string text, int start, int length)
    {
        for (int number = _firsts[BucketOf(hash)]; number != None; number = _entries[number].Next)
        {
            Entry entry = _entries[number];
            if (entry.Hash == hash && entry.Name.Length == length
                && string.CompareOrdinal(entry.Name, 0, text, start, length) == 0)
            {
                return number;
            }
        }

        return None;
    }

    private int Add(uint hash, string name)
    {
        if (_entries.Count - _released.Count == _firsts.Length)
            Grow();
        int bucket = BucketOf(hash);
        Entry added = new(name, Encoding.UTF8.GetByteCount(name), hash, _firsts[bucket]);
        int number = _entries.Count;
        if (_released.Count > 0)
        {
            number = _released.Pop();
            _entries[number] = added;
        }
        else
        {
            _entries.Add(added);
        }

        _firsts[bucket] = number;
        return number;
    }

    /// <summary>Doubles the buckets; every name is in use when they are full.</summary>
    private void Grow()
    {
        int[] before = _firsts;
        _firsts = NewBuckets(before.Length * 2);
        foreach (int first in before)
        {
            for (int number = first; number != None;)
            {
                Entry moved = _entries[number];
                int next = moved.Next;
                int bucket = BucketOf(moved.Hash);
                _entries[number] = moved with { Next = _firsts[bucket] };
                _firsts[bucket] = number;
                number = next;
            }
        }
    }

    /// <param name="Name">The name.</param>
    /// <param name="Bytes">Its length in UTF-8.</param>
    /// <param name="Hash">Its hash.</param>
    /// <param name="Next">Number of the next name in the same bucket, or −1.</param>
    private readonly record struct Entry(string Name, int Bytes, uint Hash, int Next);
}
