using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models;

/// <summary>
/// What a model knows of each key, at a place that stays the same while the key is there. The places are one flat array,
/// the last one left is taken first, and keys of one bucket are chained through it. It allocates nothing while there are
/// fewer keys than there ever were. <see cref="LiveBlocks{T}"/> takes less memory, but moves what it knows of a key; this
/// one is for entries that others name by their place, and for nginx's blocks, which it serves a sixth faster.
/// </summary>
/// <typeparam name="T">What is known of one key.</typeparam>
internal sealed class KeyedPlaces<T>
    where T : struct
{
    /// <summary>No place; what is kept there belongs to no key.</summary>
    public const int None = 0;

    private const int SmallestCapacity = 16;

    /// <summary>2^64 divided by the golden ratio: spreads neighbouring keys over the buckets.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private Place[] _places = new Place[SmallestCapacity];
    private int[] _buckets = new int[SmallestCapacity];
    private int _shift = 60;
    private int _lastUsed;
    private int _firstLeft;

    public int Count { get; private set; }

    /// <summary>Every place that has a key, in no particular order, the same for the same history of changes.</summary>
    public IEnumerable<int> All
    {
        get
        {
            foreach (int first in _buckets)
            {
                for (int place = first; place != None; place = _places[place].Next)
                    yield return place;
            }
        }
    }

    /// <summary>What is known of the key at a place, to be changed in place until the next key is added.</summary>
    public ref T this[int place] => ref _places[place].Value;

    public long KeyAt(int place) => _places[place].Key;

    public int Find(long key)
    {
        Place[] places = _places;
        int place = _buckets[BucketOf(key)];
        while (place != None && places[place].Key != key)
            place = places[place].Next;
        return place;
    }

    /// <summary>Adds a key that is not there.</summary>
    public int Add(long key, in T value)
    {
        int added = _firstLeft;
        if (added != None)
            _firstLeft = _places[added].Next;
        else
            added = Unused();
        ref int first = ref _buckets[BucketOf(key)];
        ref Place place = ref _places[added];
        place.Key = key;
        place.Value = value;
        place.Next = first;
        first = added;
        Count++;
        return added;
    }

    /// <returns>The place the key has left, or none when it was not there; what was known of it can be read until the
    /// next key is added.</returns>
    public int Remove(long key)
    {
        Place[] places = _places;
        ref int link = ref _buckets[BucketOf(key)];
        while (link != None && places[link].Key != key)
            link = ref places[link].Next;
        int removed = link;
        if (removed == None)
            return None;
        link = places[removed].Next;
        places[removed].Next = _firstLeft;
        _firstLeft = removed;
        Count--;
        return removed;
    }

    private int BucketOf(long key) => (int)(unchecked((ulong)key * Spread) >> _shift);

    private int Unused()
    {
        if (++_lastUsed == _places.Length)
            Grow();
        return _lastUsed;
    }

    private void Grow()
    {
        Array.Resize(ref _places, _places.Length * 2);
        _buckets = new int[_buckets.Length * 2];
        _shift--;
        for (int place = 1; place < _lastUsed; place++)
        {
            ref int first = ref _buckets[BucketOf(_places[place].Key)];
            _places[place].Next = first;
            first = place;
        }
    }

    private struct Place
    {
        public long Key;
        public T Value;

        /// <summary>The next place of the bucket; of one that was left, the one left before it.</summary>
        public int Next;
    }
}
