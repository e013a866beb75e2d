using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// The items by key: hash chains that run through the item records, as in memcached. A lookup reads the record that it
/// is after, and not much else; a table beside the records would be read as well.
/// </summary>
internal sealed class KeyChains
{
    /// <summary>2^64 divided by the golden ratio: spreads neighbouring keys over the chains.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private int[] _first = new int[16];
    private int _shift = 60;

    public int Count { get; private set; }

    /// <summary>What names the key's item in its chain, the chain's start or the item before it; the chain's end, which is 0,
    /// when the key has no item. It can be written until room is made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int LinkTo(Item[] items, long key)
    {
        ref int link = ref _first[ChainOf(key)];
        for (int item = link; item != 0; item = link)
        {
            ref Item linked = ref items[item];
            if (linked.Key == key)
                break;
            link = ref linked.NextInChain;
        }

        return ref link;
    }

    /// <summary>Whether there is no room for one more item.</summary>
    public bool IsFull => Count * 2 >= _first.Length;

    /// <summary>Makes room for one more item, so that adding it moves no link.</summary>
    public void MakeRoom(Item[] items)
    {
        if (IsFull)
            Grow(items);
    }

    /// <param name="items">The records.</param>
    /// <param name="link">The end of the chain that the item's key belongs to.</param>
    /// <param name="item">An item whose key has none yet.</param>
    public void Add(Item[] items, ref int link, int item)
    {
        items[item].NextInChain = 0;
        link = item;
        Count++;
    }

    /// <summary>Takes out the item that the link names.</summary>
    public void Remove(Item[] items, ref int link)
    {
        link = items[link].NextInChain;
        Count--;
    }

    private int ChainOf(long key) => (int)(unchecked((ulong)key * Spread) >> _shift);

    private void Grow(Item[] items)
    {
        int[] before = _first;
        _first = new int[before.Length * 2];
        _shift--;
        foreach (int first in before)
        {
            for (int item = first; item != 0;)
            {
                ref Item moved = ref items[item];
                ref int start = ref _first[ChainOf(moved.Key)];
                int next = moved.NextInChain;
                moved.NextInChain = start;
                start = item;
                item = next;
            }
        }
    }
}
