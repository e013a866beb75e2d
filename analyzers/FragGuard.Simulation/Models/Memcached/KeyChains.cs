namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// The items by key: hash chains that run through the item records, as in memcached. A lookup reads the record that it
/// is after, and not much else; a table beside the records would be read as well.
/// </summary>
internal sealed class KeyChains
{
    /// <summary>2^64 divided by the golden ratio: spreads neighbouring keys over the chains.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly RecordPool<Item> _items;
    private int[] _first = new int[16];
    private int _shift = 60;

    public KeyChains(RecordPool<Item> items) => _items = items;

    public int Count { get; private set; }

    /// <returns>The item, or 0.</returns>
    public int Find(long key)
    {
        Item[] items = _items.All;
        int item = _first[ChainOf(key)];
        while (item != 0 && items[item].Key != key)
            item = items[item].NextInChain;
        return item;
    }

    /// <summary>Adds an item whose key has none yet.</summary>
    public void Add(int item)
    {
        if (++Count * 2 > _first.Length)
            Grow();
        Prepend(item);
    }

    public void Remove(int item)
    {
        LinkTo(item) = _items[item].NextInChain;
        Count--;
    }

    /// <summary>Puts an item of the same key in the place of another.</summary>
    public void Replace(int old, int item)
    {
        LinkTo(old) = item;
        _items[item].NextInChain = _items[old].NextInChain;
    }

    private int ChainOf(long key) => (int)(unchecked((ulong)key * Spread) >> _shift);

    /// <summary>What names the item in its chain: the chain's start, or the item before it.</summary>
    private ref int LinkTo(int item)
    {
        Item[] items = _items.All;
        ref int link = ref _first[ChainOf(items[item].Key)];
        while (link != item)
            link = ref items[link].NextInChain;
        return ref link;
    }

    private void Prepend(int item)
    {
        ref Item added = ref _items[item];
        ref int first = ref _first[ChainOf(added.Key)];
        added.NextInChain = first;
        first = item;
    }

    private void Grow()
    {
        int[] before = _first;
        _first = new int[before.Length * 2];
        _shift--;
        foreach (int first in before)
        {
            for (int item = first; item != 0;)
            {
                int next = _items[item].NextInChain;
                Prepend(item);
                item = next;
            }
        }
    }
}
