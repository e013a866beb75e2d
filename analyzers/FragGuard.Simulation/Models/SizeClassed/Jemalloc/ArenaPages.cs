using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// The pages of one arena: taken from its free extents by first fit, and from ever larger mappings when none fits;
/// given
/// back as time passes.
/// </summary>
internal sealed class ArenaPages
{
    private const long FirstMappingBytes = 2 << 20;

    private readonly PageExtents _extents;
    private readonly JemallocOptions _options;
    private readonly int _arena;
    private readonly FreeExtentQueue _dirty;
    private readonly FreeExtentQueue _muzzy;
    private readonly FreeExtentQueue _retained;
    private readonly PageDecay _dirtyDecay;
    private readonly PageDecay _muzzyDecay;
    private int _nextMapping = JemallocSizeClasses.PageClassOf(FirstMappingBytes);
    private long _nextSerial;

    /// <param name="extents">The table of all extents.</param>
    /// <param name="options">What jemalloc is started with.</param>
    /// <param name="arena">Number of the arena.</param>
    /// <param name="isForOversize">Whether it is the arena of oversized blocks, which keeps no pages.</param>
    public ArenaPages(PageExtents extents, JemallocOptions options, int arena, bool isForOversize)
    {
        _extents = extents;
        _options = options;
        _arena = arena;
        _dirty = new FreeExtentQueue(extents, PageExtentState.Dirty, options.LargePadBytes);
        _muzzy = new FreeExtentQueue(extents, PageExtentState.Muzzy, options.LargePadBytes);
        _retained = new FreeExtentQueue(extents, PageExtentState.Retained, options.LargePadBytes);
        long most = isForOversize ? 0 : long.MaxValue;
        _dirtyDecay = new PageDecay(Math.Min(options.DirtyDecayMilliseconds, most));
        _muzzyDecay = new PageDecay(Math.Min(options.MuzzyDecayMilliseconds, most));
    }

    /// <summary>Pages in use: slabs and large blocks with their pads.</summary>
    public long ActiveBytes { get; private set; }

    public long DirtyBytes => _dirty.Bytes;

    public long RetainedBytes => _retained.Bytes;

    public long MuzzyBytes => _muzzy.Bytes;

    /// <returns>An active extent, or −1 when the address space is used up.</returns>
    public int Allocate(long bytes, long alignment)
    {
        int extent = _dirty.Take(bytes, alignment);
        if (extent < 0 && _muzzyDecay.DecayMilliseconds != 0)
            extent = _muzzy.Take(bytes, alignment);
        if (extent < 0)
            extent = _retained.Take(bytes, alignment);
        if (extent < 0)
            extent = Grow(bytes, alignment);
        if (extent >= 0)
            ActiveBytes += bytes;
        return extent;
    }

    public void Free(int extent)
    {
        ActiveBytes -= _extents[extent].Bytes;
        Record(extent);
    }

    /// <summary>Makes an active extent longer by the free extent behind it.</summary>
    public bool TryExtend(int extent, long bytes)
    {
        if (!_dirty.TryExtend(extent, bytes) && !_muzzy.TryExtend(extent, bytes) && !_retained.TryExtend(extent, bytes))
            return false;
        ActiveBytes += bytes;
        return true;
    }

    /// <summary>Cuts the end off an active extent.</summary>
    public void Shrink(int extent, long toBytes)
    {
        int rest = _extents.Split(extent, toBytes);
        ActiveBytes -= _extents[rest].Bytes;
        Record(rest);
    }

    /// <summary>Gives back every free page.</summary>
    public void Purge()
    {
        Purge(_dirty, 0, toMuzzy: false);
        Purge(_muzzy, 0, toMuzzy: false);
    }

    /// <summary>Gives back the pages that have been free for long.</summary>
    public void Tick(long now)
    {
        long kept = _dirtyDecay.Advance(now, _dirty.Bytes / JemallocSizeClasses.PageBytes);
        if (kept >= 0)
            Purge(_dirty, kept * JemallocSizeClasses.PageBytes, toMuzzy: _muzzyDecay.DecayMilliseconds != 0);
        kept = _muzzyDecay.Advance(now, _muzzy.Bytes / JemallocSizeClasses.PageBytes);
        if (kept >= 0)
            Purge(_muzzy, kept * JemallocSizeClasses.PageBytes, toMuzzy: false);
    }

    private void Record(int extent)
    {
        int recorded = _dirty.Record(extent);
        if (_options.OversizeBytes > 0
            && _extents[recorded].Bytes >= _options.OversizeBytes
            && _dirtyDecay.DecayMilliseconds >= 0
            && _muzzyDecay.DecayMilliseconds >= 0)
        {
            _dirty.Remove(recorded);
            _retained.Record(recorded);
        }

        if (_dirtyDecay.DecayMilliseconds == 0)
            Purge(_dirty, 0, toMuzzy: false);
    }

    private void Purge(FreeExtentQueue queue, long keptBytes, bool toMuzzy)
    {
        long most = queue.Bytes - keptBytes;
        while (most > 0)
        {
            int extent = queue.Evict(keptBytes);
            if (extent < 0)
                return;
            most -= _extents[extent].Bytes;
            (toMuzzy ? _muzzy : _retained).Record(extent);
        }
    }

    private int Grow(long bytes, long alignment)
    {
        long least = bytes + Bits.AlignUp(alignment, JemallocSizeClasses.PageBytes) - JemallocSizeClasses.PageBytes;
        int mapping = _nextMapping;
        while (JemallocSizeClasses.PageClassBytes(mapping) < least)
            mapping++;
        long mapped = JemallocSizeClasses.PageClassBytes(mapping);
        if (mapped > SizeClassedModel.AddressSpaceBytes - _extents.EndBytes)
            return -1;
        _nextMapping = mapping + 1;
        int extent = _extents.Map(mapped, _nextSerial++, _arena);
        _retained.Record(extent);
        return _retained.TakeFrom(extent, bytes, alignment);
    }
}
