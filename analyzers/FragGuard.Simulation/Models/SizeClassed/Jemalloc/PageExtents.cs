using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>Every extent of every arena, in one flat table, linked in address order within each mapping.</summary>
internal sealed class PageExtents
{
    /// <summary>Bits of a place that name a slot within its extent.</summary>
    public const int SlotBits = 10;

    /// <summary>Words of a slab's slot bitmap: 512 slots at most.</summary>
    private const int BitmapWords = 8;

    private const long MappingAlignment = 2 << 20;

    private PageExtent[] _extents = new PageExtent[64];
    private ulong[] _freeSlots = new ulong[64 * BitmapWords];
    private int[] _mappings = new int[8];
    private int _count;
    private int _firstUnused = -1;

    /// <summary>Number of mappings; the first extent of each never changes its number.</summary>
    public int MappingCount { get; private set; }

    /// <summary>End of the address space in use.</summary>
    public long EndBytes { get; private set; }

    public ref PageExtent this[int extent] => ref _extents[extent];

    public int FirstOfMapping(int mapping) => _mappings[mapping];

    /// <summary>Maps fresh address space and makes one extent of it.</summary>
    public int Map(long bytes, long serial, int arena)
    {
        int extent = Take();
        _extents[extent] = new PageExtent
        {
            Start = EndBytes,
            Bytes = bytes,
            Serial = serial,
            Arena = arena,
            Before = -1,
            After = -1,
        };
        EndBytes = Bits.AlignUp(EndBytes + bytes, MappingAlignment);
        if (MappingCount == _mappings.Length)
            Array.Resize(ref _mappings, MappingCount * 2);
        _mappings[MappingCount++] = extent;
        return extent;
    }

    /// <summary>Cuts an extent in two; it keeps the first bytes.</summary>
    /// <returns>The rest.</returns>
    public int Split(int extent, long firstBytes)
    {
        int rest = Take();
        ref PageExtent first = ref _extents[extent];
        _extents[rest] = first;
        _extents[rest].Start = first.Start + firstBytes;
        _extents[rest].Bytes = first.Bytes - firstBytes;
        _extents[rest].Before = extent;
        if (first.After >= 0)
            _extents[first.After].Before = rest;
        first.After = rest;
        first.Bytes = firstBytes;
        return rest;
    }

    /// <summary>Joins an extent with the one behind it, which is no more.</summary>
    public void MergeWithNext(int extent)
    {
        ref PageExtent first = ref _extents[extent];
        int next = first.After;
        ref PageExtent second = ref _extents[next];
        first.Bytes += second.Bytes;
        first.Serial = Math.Min(first.Serial, second.Serial);
        first.After = second.After;
        if (first.After >= 0)
            _extents[first.After].Before = extent;
        second.After = _firstUnused;
        _firstUnused = next;
    }

    /// <summary>Whether the first extent is older, or of the same age and lower.</summary>
    public bool Precedes(int first, int second)
    {
        ref PageExtent a = ref _extents[first];
        ref PageExtent b = ref _extents[second];
        return a.Serial != b.Serial ? a.Serial < b.Serial : a.Start < b.Start;
    }

    /// <summary>Makes an active extent a slab with every slot free.</summary>
    public void Cut(int extent, int sizeClass)
    {
        int slots = JemallocSizeClasses.SlabSlots[sizeClass];
        ref PageExtent slab = ref _extents[extent];
        slab.IsSlab = true;
        slab.SizeClass = sizeClass;
        slab.FreeSlots = slots;
        int word = extent * BitmapWords;
        for (int left = slots; left > 0; left -= 64)
            _freeSlots[word++] = left >= 64 ? ulong.MaxValue : (1UL << left) - 1;
    }

    /// <summary>Takes the lowest free slots of a slab, lowest last in the list that is filled from its end.</summary>
    /// <param name="extent">The slab, with at least so many free slots.</param>
    /// <param name="places">Where the slots' places go.</param>
    /// <param name="end">Index behind the first one written.</param>
    /// <param name="count">How many slots to take.</param>
    public void TakeSlots(int extent, long[] places, int end, int count)
    {
        _extents[extent].FreeSlots -= count;
        int word = extent * BitmapWords;
        long firstPlace = (long)extent << SlotBits;
        int slotOfWord = 0;
        ulong free = _freeSlots[word];
        while (count > 0)
        {
            if (free == 0)
            {
                _freeSlots[word++] = 0;
                free = _freeSlots[word];
                slotOfWord += 64;
                continue;
            }

            places[--end] = firstPlace + slotOfWord + Bits.Lowest(free);
            free &= free - 1;
            count--;
        }

        _freeSlots[word] = free;
    }

    /// <returns>Free slots of the slab after it got this one back.</returns>
    public int ReturnSlot(long place)
    {
        int extent = (int)(place >> SlotBits);
        int slot = (int)place & ((1 << SlotBits) - 1);
        _freeSlots[(extent * BitmapWords) + (slot >> 6)] |= 1UL << (slot & 63);
        return ++_extents[extent].FreeSlots;
    }

    private int Take()
    {
        if (_firstUnused >= 0)
        {
            int reused = _firstUnused;
            _firstUnused = _extents[reused].After;
            return reused;
        }

        if (_count == _extents.Length)
        {
            Array.Resize(ref _extents, _count * 2);
            Array.Resize(ref _freeSlots, _count * 2 * BitmapWords);
        }

        return _count++;
    }
}
