using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Inspection.Nginx;

/// <summary>One zone of nginx's slab allocator as it was read from outside.</summary>
public sealed class SlabZone
{
    private readonly ZonePageTable _table;
    private readonly Lazy<HeapLayout> _layout;

    internal SlabZone(ZonePageTable table, ZoneLabel label, ZoneResidence residence, LuaDictContent? dict, ZoneReading reading)
    {
        _table = table;
        Label = label;
        Residence = residence;
        Dict = dict;
        Reading = reading;
        FreePages = table.Pages.Where(page => page.Use == ZonePageUse.FreeStart).Sum(page => page.Pages);
        LargestRunPages = table.Pages.Where(page => page.Use == ZonePageUse.FreeStart).Select(page => page.Pages).DefaultIfEmpty(0).Max();
        _layout = new Lazy<HeapLayout>(() => ZoneLayout.Of(this, table));
    }

    public ZoneLabel Label { get; }

    public ZoneResidence Residence { get; }

    /// <summary>Null when the zone is no shared dictionary.</summary>
    public LuaDictContent? Dict { get; }

    public ZoneReading Reading { get; }

    /// <summary>Address in the process that was read.</summary>
    public ulong Address => _table.Header.Base;

    public long Bytes => (long)_table.Header.Bytes;

    public int PageBytes => _table.Header.PageBytes;

    /// <summary>Built with POSIX semaphores.</summary>
    public bool HasSemaphore => _table.Header.Form.HasSemaphore;

    /// <summary>nginx 1.11.7 or later, which counts slots and free pages.</summary>
    public bool HasStatistics => _table.Header.Form.HasStatistics;

    /// <summary>Pages that can hold something.</summary>
    public int Pages => _table.Pages.Count;

    public int FreePages { get; }

    /// <summary>Whole free pages as the pool itself counts them; null before nginx 1.11.7.</summary>
    public long? PoolFreePages => (long?)_table.Header.FreePages;

    public int LargestRunPages { get; }

    /// <summary>Smallest slots first.</summary>
    public IReadOnlyList<ZoneClass> Classes => _table.Classes;

    /// <summary>Runs of free pages, in the order in which nginx searches them.</summary>
    public IEnumerable<SlabRun> FreeRuns => _table.FreeRuns.Select(page => new SlabRun(page, _table.Pages[page].Pages));

    /// <summary>Pages in blocks of whole pages.</summary>
    public long BlockPages => _table.Pages.Where(page => page.Use == ZonePageUse.BlockStart).Sum(page => (long)page.Pages);

    /// <summary>Blocks of whole pages.</summary>
    public long Blocks => _table.Pages.LongCount(page => page.Use == ZonePageUse.BlockStart);

    public long FreeSlotBytes => Classes.Sum(row => row.Free * row.SlotBytes);

    public long FreeBytes => FreeSlotBytes + ((long)FreePages * PageBytes);

    public long UsedBytes => Classes.Sum(row => row.Used * row.SlotBytes) + (BlockPages * PageBytes);

    /// <summary>
    /// Longest request that is served now: the longest run of free pages, or else the largest slot that is free; 0 when
    /// nothing is. Of a dictionary's value its entry's own bytes and its key go off.
    /// </summary>
    public long LargestFitBytes => LargestRunPages > 0
        ? (long)LargestRunPages * PageBytes
        : Classes.Where(row => row.Free > 0).Select(row => row.SlotBytes).DefaultIfEmpty(0).Max();

    /// <summary>Every slot and run of pages; drawn when first asked for.</summary>
    public HeapLayout Layout => _layout.Value;

    internal ZonePageTable Table => _table;

    /// <summary>What a page serves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such page.</exception>
    public ZonePageUse UseOf(int page) => PageAt(page).Use;

    /// <summary>Bytes of the slots of a cut page; 0 for any other page.</summary>
    public long SlotBytesOf(int page) => PageAt(page).Use == ZonePageUse.Cut ? 1L << PageAt(page).Shift : 0;

    private ZonePage PageAt(int page) => page >= 0 && page < Pages
        ? _table.Pages[page]
        : throw new ArgumentOutOfRangeException(nameof(page), "The zone has no such page.");
}
