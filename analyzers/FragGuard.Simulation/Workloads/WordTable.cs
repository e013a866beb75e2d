using System.Collections.Generic;
using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>Numbers for words, from 0 in the order in which they were added. A word is looked up as a part of a line.</summary>
internal sealed class WordTable
{
    private const int None = -1;

    private readonly List<Entry> _entries = new();
    private int[] _firsts = NewBuckets(64);

    public int Count => _entries.Count;

    public string this[int number] => Encoding.UTF8.GetString(_entries[number].Word);

    public void Add(string word)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(word);
        NumberOf(bytes, 0, bytes.Length);
    }

    /// <summary>The number of a word, a new one if need be.</summary>
    public int NumberOf(byte[] text, int start, int length)
    {
        int known = Find(text, start, length);
        return known == None ? Add(text, start, length) : known;
    }

    /// <returns>The number of a word, or −1 when it is none.</returns>
    public int Find(byte[] text, int start, int length)
    {
        uint hash = HashOf(text, start, length);
        int number = _firsts[BucketOf(hash)];
        while (number != None && !_entries[number].Is(hash, text, start, length))
            number = _entries[number].Next;
        return number;
    }

    private static int[] NewBuckets(int count)
    {
        int[] buckets = new int[count];
        for (int i = 0; i < count; i++)
            buckets[i] = None;
        return buckets;
    }

    /// <summary>FNV-1a, with its high bits folded down.</summary>
    private static uint HashOf(byte[] text, int start, int length)
    {
        uint hash = 2_166_136_261;
        for (int i = start; i < start + length; i++)
            hash = unchecked((hash ^ text[i]) * 16_777_619);
        return hash ^ (hash >> 15);
    }

    private int BucketOf(uint hash) => (int)(hash & (uint)(_firsts.Length - 1));

    private int Add(byte[] text, int start, int length)
    {
        if (_entries.Count == _firsts.Length)
            Grow();
        byte[] word = new byte[length];
        System.Buffer.BlockCopy(text, start, word, 0, length);
        _entries.Add(new Entry(word, HashOf(text, start, length), None));
        Link(_entries.Count - 1);
        return _entries.Count - 1;
    }

    private void Link(int number)
    {
        int bucket = BucketOf(_entries[number].Hash);
        _entries[number] = _entries[number] with { Next = _firsts[bucket] };
        _firsts[bucket] = number;
    }

    private void Grow()
    {
        _firsts = NewBuckets(_firsts.Length * 2);
        for (int number = 0; number < _entries.Count; number++)
            Link(number);
    }

    /// <param name="Word">The word in UTF-8.</param>
    /// <param name="Hash">Its hash.</param>
    /// <param name="Next">Number of the next word in the same bucket, or −1.</param>
    private readonly record struct Entry(byte[] Word, uint Hash, int Next)
    {
        public bool Is(uint hash, byte[] text, int start, int length)
        {
            if (Hash != hash || Word.Length != length)
                return false;
            for (int i = 0; i < length; i++)
            {
                if (Word[i] != text[start + i])
                    return false;
            }

            return true;
        }
    }
}
