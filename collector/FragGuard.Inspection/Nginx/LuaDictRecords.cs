namespace FragGuard.Inspection.Nginx;

/// <summary>
/// The entries of a dictionary in the order of their addresses, which is how they are kept: packed sizes and a place in the
/// order of use for each slot. Each one is made when it is asked for.
/// </summary>
public sealed class LuaDictRecords
{
    private readonly LuaDictSlots _slots;
    private readonly LuaDictSizes _sizes;
    private readonly LuaDictLinks _places;

    /// <param name="slots">All slots that may hold entries.</param>
    /// <param name="sizes">What they hold, by their numbers.</param>
    /// <param name="places">Places of those that are entries.</param>
    /// <param name="count">Entries among them.</param>
    internal LuaDictRecords(LuaDictSlots slots, LuaDictSizes sizes, LuaDictLinks places, int count)
    {
        _slots = slots;
        _sizes = sizes;
        _places = places;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Slots and blocks that were looked at.</summary>
    internal int Slots => _slots.Count;

    /// <summary>Bytes that are kept, besides one number for each page.</summary>
    internal long KeptBytes => ((long)_slots.Count * sizeof(int)) + _sizes.PackedBytes;

    public Enumerator GetEnumerator() => new(new LuaDictParts(_sizes, _places));

    /// <summary>Offset of an entry's slot or block in the zone.</summary>
    public long OffsetBytesOf(LuaDictRecord entry) => _slots.OffsetOf(entry.Slot);

    /// <summary>The entry of a slot; null when it holds none.</summary>
    internal LuaDictRecord? At(int slot)
    {
        int place = slot < 0 ? -1 : _places.PlaceOf(slot);
        return place < 0 ? null : _sizes.At(slot, place);
    }

    /// <summary>The entry whose slot or block starts at an address; null when none does.</summary>
    internal LuaDictRecord? At(ulong address) => At(_slots.At(address));

    /// <summary>Slots of the entries, the most recently used first.</summary>
    internal int[] ByUse()
    {
        int[] slots = new int[Count];
        for (int slot = 0; slot < _slots.Count; slot++)
        {
            int place = _places.PlaceOf(slot);
            if (place >= 0)
                slots[place] = slot;
        }

        return slots;
    }

    /// <summary>Marks the pages on which entries start.</summary>
    internal void MarkPages(bool[] holdsEntry)
    {
        for (int page = 0; page < _slots.PageEnd; page++)
        {
            int end = _slots.EndOf(page);
            for (int slot = _slots.FirstOf(page); slot < end && !holdsEntry[page]; slot++)
                holdsEntry[page] = _places.PlaceOf(slot) >= 0;
        }
    }

    /// <summary>Goes through the entries in the order of their addresses.</summary>
    public struct Enumerator
    {
        private readonly LuaDictParts _parts;
        private readonly LuaDictRecord[] _part;
        private int _index;
        private int _count;

        internal Enumerator(LuaDictParts parts)
        {
            _parts = parts;
            _part = parts.Part;
        }

        /// <summary>Until the next one is asked for.</summary>
        public readonly ref readonly LuaDictRecord Current => ref _part[_index];

        public bool MoveNext()
        {
            if (++_index < _count)
                return true;
            _index = 0;
            _count = _parts.Next();
            return _count > 0;
        }
    }
}
