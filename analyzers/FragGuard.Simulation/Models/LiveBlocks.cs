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

    /// <summary>2^64 divided by the golden ratio: spreads neighbouring ids over the table.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private Slot[] _slots = new Slot[SmallestCapacity];
    private int _shift = 60;

    /// <summary>Number of live blocks.</summary>
    public int Count { get; private set; }

    /// <summary>The live blocks in no particular order, the same for the same history of changes.</summary>
    public IEnumerable<KeyValuePair<long, T>> All
    {
        get
        {
            foreach (Slot slot in _slots)
            {
                if (slot.IsTaken)
                    yield return new KeyValuePair<long, T>(slot.Id, slot.Value);
            }
        }
    }

    public bool Contains(long id) => _slots[SlotOf(id)].IsTaken;

    public bool TryGet(long id, out T value)
    {
        ref Slot slot = ref _slots[SlotOf(id)];
        value = slot.Value;
        return slot.IsTaken;
    }

    /// <summary>What is known of a live block, to be changed in place until the next block is added or removed.</summary>
    /// <exception cref="KeyNotFoundException">No such block is live.</exception>
    [SuppressMessage("Design", "CA1065", Justification = "An indexer may say that its key is not there.")]
    public ref T this[long id]
    {
        get
        {
            ref Slot slot = ref _slots[SlotOf(id)];
            if (!slot.IsTaken)
                throw new KeyNotFoundException("no such block is live");
            return ref slot.Value;
        }
    }

    /// <returns>False when a block of that id is live already; nothing is changed then.</returns>
    public bool TryAdd(long id, in T value)
    {
        if (Count * 4L >= _slots.Length * 3L)
            Grow();
        ref Slot slot = ref _slots[SlotOf(id)];
        if (slot.IsTaken)
            return false;
        slot.Id = id;
        slot.Value = value;
        slot.IsTaken = true;
        Count++;
        return true;
    }

    /// <summary>Adds the block, or replaces what was known of it.</summary>
    public void Set(long id, in T value)
    {
        if (!TryAdd(id, value))
            _slots[SlotOf(id)].Value = value;
    }

    /// <returns>False when no such block is live.</returns>
    public bool Remove(long id, out T value)
    {
        int hole = SlotOf(id);
        value = _slots[hole].Value;
        if (!_slots[hole].IsTaken)
            return false;
        Count--;
        int mask = _slots.Length - 1;
        for (int next = (hole + 1) & mask; _slots[next].IsTaken; next = (next + 1) & mask)
        {
            // A block may move back into the hole if its home is not behind the hole.
            if (((next - Home(_slots[next].Id)) & mask) >= ((next - hole) & mask))
            {
                _slots[hole] = _slots[next];
                hole = next;
            }
        }

        _slots[hole] = default;
        return true;
    }

    private int Home(long id) => (int)(unchecked((ulong)id * Spread) >> _shift);

    /// <summary>The slot of a live block, or the free one where it belongs.</summary>
    private int SlotOf(long id)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = Home(id) & mask;
        while (slots[at].IsTaken && slots[at].Id != id)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        Slot[] before = _slots;
        _slots = new Slot[before.Length * 2];
        _shift--;
        foreach (Slot slot in before)
        {
            if (slot.IsTaken)
                _slots[SlotOf(slot.Id)] = slot;
        }
    }

    private struct Slot
    {
        public long Id;
        public T Value;
        public bool IsTaken;
    }
}
