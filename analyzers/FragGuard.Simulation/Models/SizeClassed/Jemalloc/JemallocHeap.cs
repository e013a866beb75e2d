using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>The arenas of a process and the caches of its threads.</summary>
internal sealed class JemallocHeap
{
    private readonly JemallocOptions _options;
    private readonly Arena?[] _arenas;
    private readonly List<Arena> _created = [];
    private readonly Dictionary<long, ThreadCache> _threads = new();
    private readonly long[] _one = new long[1];
    private ThreadCache _thread;

    public JemallocHeap(JemallocOptions options)
    {
        _options = options;
        _arenas = new Arena?[options.ArenaCount + 1];
        _thread = ThreadNumbered(0);
    }

    public PageExtents Extents { get; } = new();

    /// <summary>Bytes of pads behind large blocks.</summary>
    public long PadBytes { get; private set; }

    public HeapFootprint Footprint
    {
        get
        {
            long active = 0;
            long dirty = 0;
            long muzzy = 0;
            foreach (Arena arena in _created)
            {
                active += arena.Pages.ActiveBytes;
                dirty += arena.Pages.DirtyBytes;
                muzzy += arena.Pages.MuzzyBytes;
            }

            return new HeapFootprint(active + dirty + muzzy, active + dirty, PadBytes, dirty + muzzy);
        }
    }

    /// <summary>Pages in slabs and large blocks.</summary>
    public long ActiveBytes => Footprint.CommittedBytes - Footprint.FreePageBytes;

    public long RetainedBytes
    {
        get
        {
            long bytes = 0;
            foreach (Arena arena in _created)
                bytes += arena.Pages.RetainedBytes;
            return bytes;
        }
    }

    public long CachedBytes
    {
        get
        {
            long bytes = 0;
            foreach (ThreadCache thread in _threads.Values)
                bytes += thread.CachedBytes;
            return bytes;
        }
    }

    public void TurnTo(long thread) => _thread = ThreadNumbered(thread);

    /// <returns>The place, or −1 when there is no memory.</returns>
    public long Allocate(long bytes)
    {
        int sizeClass = JemallocSizeClasses.Of(bytes);
        long place = Take(sizeClass);
        if (place >= 0)
            _thread.CountAllocated(JemallocSizeClasses.BytesOf(sizeClass));
        return place;
    }

    /// <returns>The place, or −1 when there is no memory.</returns>
    public long Allocate(long bytes, long alignment)
    {
        int sizeClass = JemallocSizeClasses.SmallCount;
        if (bytes <= JemallocSizeClasses.LargestSmall && alignment <= JemallocSizeClasses.PageBytes)
            sizeClass = JemallocSizeClasses.Of(Bits.AlignUp(Math.Max(bytes, 1), alignment));
        if (sizeClass >= JemallocSizeClasses.SmallCount)
            sizeClass = Math.Max(JemallocSizeClasses.Of(bytes), JemallocSizeClasses.SmallCount);
        long place = sizeClass < JemallocSizeClasses.SmallCount ? Take(sizeClass) : TakeLarge(sizeClass, alignment);
        if (place >= 0)
            _thread.CountAllocated(JemallocSizeClasses.BytesOf(sizeClass));
        return place;
    }

    public void Free(long place)
    {
        long bytes = BytesAt(place);
        Put(place);
        _thread.CountFreed(bytes);
    }

    /// <returns>The place after the resize, or −1 when there is no memory.</returns>
    public long Resize(long place, long bytes)
    {
        int newClass = JemallocSizeClasses.Of(bytes);
        int oldClass = Extents[(int)(place >> PageExtents.SlotBits)].SizeClass;
        long resized = newClass == oldClass || TryResizeInPlace(place, oldClass, newClass)
            ? place
            : TakeForMove(oldClass, newClass);
        if (resized < 0)
            return -1;
        if (resized != place)
            Put(place);
        _thread.CountAllocated(JemallocSizeClasses.BytesOf(newClass));
        _thread.CountFreed(JemallocSizeClasses.BytesOf(oldClass));
        return resized;
    }

    public long BytesAt(long place) =>
        JemallocSizeClasses.BytesOf(Extents[(int)(place >> PageExtents.SlotBits)].SizeClass);

    public long OffsetOf(long place)
    {
        ref PageExtent extent = ref Extents[(int)(place >> PageExtents.SlotBits)];
        int slot = (int)place & ((1 << PageExtents.SlotBits) - 1);
        return extent.Start + (slot * JemallocSizeClasses.BytesOf(extent.SizeClass));
    }

    /// <summary>Empties the current thread's cache and gives every free page back.</summary>
    public void Purge()
    {
        _thread.FlushAll();
        foreach (Arena arena in _created)
            arena.Pages.Purge();
    }

    public void Tick(long now)
    {
        foreach (Arena arena in _created)
            arena.Pages.Tick(now);
    }

    public SlabBin BinOf(int arena, int sizeClass) => ArenaNumbered(arena).Bin(sizeClass);

    public int ArenaOf(long place) => Extents[(int)(place >> PageExtents.SlotBits)].Arena;

    /// <returns>The slab that became empty, or −1.</returns>
    public int ReturnSlot(long place)
    {
        ref PageExtent slab = ref Extents[(int)(place >> PageExtents.SlotBits)];
        return BinOf(slab.Arena, slab.SizeClass).Return(place);
    }

    public void FreeExtent(int extent)
    {
        if (!Extents[extent].IsSlab)
            PadBytes -= _options.LargePadBytes;
        ArenaNumbered(Extents[extent].Arena).Pages.Free(extent);
    }

    private long Take(int sizeClass)
    {
        if (sizeClass >= JemallocSizeClasses.SmallCount)
        {
            long cached = _options.UsesThreadCaches && sizeClass < JemallocSizeClasses.CachedCount
                ? _thread.TakeLarge(sizeClass)
                : -1;
            return cached >= 0 ? cached : TakeLarge(sizeClass, 1);
        }

        if (_options.UsesThreadCaches)
            return _thread.TakeSmall(sizeClass);
        return BinOf(_thread.Arena, sizeClass).Take(_one, 0, 1) == 1 ? _one[0] : -1;
    }

    /// <summary>A large block that is moved for its new size goes round the thread's cache.</summary>
    private long TakeForMove(int oldClass, int newClass) =>
        Math.Min(oldClass, newClass) >= JemallocSizeClasses.SmallCount ? TakeLarge(newClass, 1) : Take(newClass);

    private long TakeLarge(int sizeClass, long alignment)
    {
        long bytes = JemallocSizeClasses.BytesOf(sizeClass);
        bool isOversize = _options.OversizeBytes > 0 && bytes >= _options.OversizeBytes;
        Arena arena = ArenaNumbered(isOversize ? _options.ArenaCount : _thread.Arena);
        int extent = arena.Pages.Allocate(bytes + _options.LargePadBytes, alignment);
        if (extent < 0)
            return -1;
        Extents[extent].SizeClass = sizeClass;
        Extents[extent].IsSlab = false;
        PadBytes += _options.LargePadBytes;
        return (long)extent << PageExtents.SlotBits;
    }

    private void Put(long place)
    {
        int extent = (int)(place >> PageExtents.SlotBits);
        int sizeClass = Extents[extent].SizeClass;
        if (_options.UsesThreadCaches && sizeClass < JemallocSizeClasses.CachedCount)
        {
            _thread.Put(sizeClass, place);
            return;
        }

        int freed = sizeClass < JemallocSizeClasses.SmallCount ? ReturnSlot(place) : extent;
        if (freed >= 0)
            FreeExtent(freed);
    }

    private bool TryResizeInPlace(long place, int oldClass, int newClass)
    {
        if (oldClass < JemallocSizeClasses.SmallCount || newClass < JemallocSizeClasses.SmallCount)
            return false;
        int extent = (int)(place >> PageExtents.SlotBits);
        ArenaPages pages = ArenaNumbered(Extents[extent].Arena).Pages;
        long bytes = JemallocSizeClasses.BytesOf(newClass) + _options.LargePadBytes;
        if (newClass < oldClass)
            pages.Shrink(extent, bytes);
        else if (!pages.TryExtend(extent, bytes - Extents[extent].Bytes))
            return false;
        Extents[extent].SizeClass = newClass;
        return true;
    }

    private Arena ArenaNumbered(int number)
    {
        if (_arenas[number] is { } arena)
            return arena;
        arena = new Arena(Extents, _options, number, number == _options.ArenaCount);
        _arenas[number] = arena;
        _created.Add(arena);
        return arena;
    }

    /// <summary>A new thread takes the next arena that has the fewest threads: one after the other.</summary>
    private ThreadCache ThreadNumbered(long thread)
    {
        if (_threads.TryGetValue(thread, out ThreadCache? cache))
            return cache;
        cache = new ThreadCache(this, _threads.Count % _options.ArenaCount);
        _threads.Add(thread, cache);
        return cache;
    }
}
