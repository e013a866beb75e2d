using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Pools;

/// <summary>
/// Arrays that are rented and not returned, by pool, length and identity. Identities are hash codes, so several arrays
/// may share one; the array rented last is the one returned first.
/// </summary>
internal sealed class RentsOut
{
    /// <summary>Most arrays remembered; further ones are counted by their pool but never matched.</summary>
    public const int Max = 1 << 20;

    private const int None = -1;

    private readonly Dictionary<(int Pool, int Length, int Buffer), int> _newest = [];
    private readonly List<Slot> _slots = [];
    private int _free = None;

    public int Count { get; private set; }

    /// <summary>False when there is no room.</summary>
    public bool TryAdd((int Pool, int Length, int Buffer) array, RentDraft rent)
    {
        if (Count == Max)
            return false;

        int slot = TakeSlot();
        ref int newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, array, out bool exists);
        CollectionsMarshal.AsSpan(_slots)[slot] = new Slot(rent, exists ? newest : None);
        newest = slot;
        Count++;
        return true;
    }

    /// <summary>Who rented the array; null when its rent was not seen.</summary>
    public RentDraft? Remove((int Pool, int Length, int Buffer) array)
    {
        if (!_newest.TryGetValue(array, out int index))
            return null;

        ref Slot slot = ref CollectionsMarshal.AsSpan(_slots)[index];
        RentDraft? rent = slot.Rent;
        if (slot.Next == None)
            _newest.Remove(array);
        else
            _newest[array] = slot.Next;
        slot = new Slot(null, _free);
        _free = index;
        Count--;
        return rent;
    }

    private int TakeSlot()
    {
        if (_free == None)
        {
            _slots.Add(default);
            return _slots.Count - 1;
        }

        int slot = _free;
        _free = _slots[slot].Next;
        return slot;
    }

    /// <param name="Next">The array of the same identity rented before it; of a free slot, the next free one.</param>
    private readonly record struct Slot(RentDraft? Rent, int Next);
}
