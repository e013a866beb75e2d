using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace FragGuard.Simulation.Models;

/// <summary>
/// What a model knows of each live block, by the block's id: one flat table with open addressing. It allocates nothing
/// while the number of live blocks stays below its highest yet, and takes memory for that highest number alone.
/// </summary>
/// <typeparam name="T">What is known of one block.</typeparam>
internal sealed class LiveBlocks<T>
    where T : struct
{
    private const int SmallestCapacity = 16;
    private const int WordBits = 64;

    /// <summary>2^64 divided by the golden ratio: spreads neighbouring ids over the table.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    /// <summary>An empty slot has key 0: keys are ids with these bits turned over. The id that would be 0 has the last slot.</summary>
    private const long Turned = 0x5A17_C3E9_4D0B_86F2;

    private readonly int _fullEighths;
    private Slot[] _slots = new Slot[SmallestCapacity + 1];
    private int _mask = SmallestCapacity - 1;
    private int _shift = WordBits - 4;
    private bool _isLastTaken;

    /// <param name="isSparse">
    /// Whether to keep five eighths of the table empty instead of a quarter: quicker, for models of few large blocks.
    /// </param>
    public LiveBlocks(bool isSparse = false) => _fullEighths = isSparse ? 3 : 6;

    /// <summary>Number of live blocks.</summary>
    public int Count { get; private set; }

    /// <summary>The live blocks in no particular order, the same for the same history of changes.</summary>
    public IEnumerable<KeyValuePair<long, T>> All
    {
        get
        {
            for (int i = 0; i < _slots.Length; i++)
            {
                if (IsTaken(i))
                    yield return new KeyValuePair<long, T>(_slots[i].Key ^ Turned, _slots[i].Value);
            }
        }
    }

    public bool Contains(long id) => IsTaken(SlotOf(id));

    public bool TryGet(long id, out T value)
    {
        int at = SlotOf(id);
        value = _slots[at].Value;
        return IsTaken(at);
    }

    /// <summary>What is known of a live block, to be changed in place until the next block is added or removed.</summary>
    /// <exception cref="KeyNotFoundException">No such block is live.</exception>
    [SuppressMessage("Design", "CA1065", Justification = "An indexer may say that its key is not there.")]
    public ref T this[long id]
    {
        get
        {
            int at = SlotOf(id);
            if (!IsTaken(at))
                throw new KeyNotFoundException("no such block is live");
            return ref _slots[at].Value;
        }
    }

    /// <summary>
    /// What is known of the block, nothing yet if it was not live until now: to be changed in place until the next block
    /// is added or removed.
    /// </summary>
    public ref T AddOrGet(long id, out bool isNew)
    {
        if (Count * 8L >= _mask * (long)_fullEighths)
            Grow();
        int at = SlotOf(id);
        isNew = !IsTaken(at);
        if (isNew)
        {
            _slots[at].Key = id ^ Turned;
            _isLastTaken |= at > _mask;
            Count++;
        }

        return ref _slots[at].Value;
    }

    /// <returns>False when a block of that id is live already; nothing is changed then.</returns>
    public bool TryAdd(long id, in T value)
    {
        ref T known = ref AddOrGet(id, out bool isNew);
        if (isNew)
            known = value;
        return isNew;
    }

    /// <summary>Adds the block, or replaces what was known of it.</summary>
    public void Set(long id, in T value) => AddOrGet(id, out _) = value;

    /// <returns>False when no such block is live.</returns>
    public bool Remove(long id, out T value)
    {
        int hole = SlotOf(id);
        Slot[] slots = _slots;
        value = slots[hole].Value;
        if (!IsTaken(hole))
            return false;
        Count--;
        if (hole > _mask)
        {
            _isLastTaken = false;
            slots[hole] = default;
            return true;
        }

        for (int next = (hole + 1) & _mask; slots[next].Key != 0; next = (next + 1) & _mask)
        {
            // A block may move back into the hole if its home is not behind the hole.
            if (((next - Home(slots[next].Key)) & _mask) >= ((next - hole) & _mask))
            {
                slots[hole] = slots[next];
                hole = next;
            }
        }

        slots[hole] = default;
        return true;
    }

    private int Home(long key) => (int)(unchecked((ulong)(key ^ Turned) * Spread) >> _shift);

    private bool IsTaken(int at) => _slots[at].Key != 0 || (at > _mask && _isLastTaken);

    /// <summary>The slot of a live block, or the free one where it belongs.</summary>
    private int SlotOf(long id)
    {
        long key = id ^ Turned;
        int mask = _mask;
        if (key == 0)
            return mask + 1;
        Slot[] slots = _slots;
        int at = Home(key);
        while (slots[at].Key != key && slots[at].Key != 0)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        Slot[] before = _slots;
        int capacity = (_mask + 1) * 2;
        _slots = new Slot[capacity + 1];
        _slots[capacity] = before[before.Length - 1];
        _mask = capacity - 1;
        _shift--;
        for (int i = 0; i < before.Length - 1; i++)
        {
            if (before[i].Key != 0)
                _slots[SlotOf(before[i].Key ^ Turned)] = before[i];
        }
    }

    private struct Slot
    {
        public long Key;
        public T Value;
    }
}
