using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// Plays recorded page events over the free pages found at their start, and so knows the free blocks of every zone at
/// every moment. An event is played when it says that a block left or reached the free lists; a block that passes
/// through a per-CPU list reaches them when it is drained. Two things have no event: a block that compaction finds by its
/// search of the free lists, and one freed in an interrupt that finds the per-CPU list locked.
/// </summary>
public sealed class PageEventReplay
{
    private const int LargestPerCpuOrder = 3;

    private readonly BuddyZone[] _zones;
    private readonly RecordedZone[] _recorded;
    private readonly int _hugePageOrder;

    /// <param name="zones">First page and end of each zone, in address order.</param>
    /// <param name="pageBlockOrder">Order of the page blocks.</param>
    /// <param name="hugePageOrder">Order of huge pages, which pass through the per-CPU lists too; −1 without them.</param>
    public PageEventReplay(
        IEnumerable<(long FirstPage, long EndPage)> zones, int pageBlockOrder = 9, int hugePageOrder = 9)
    {
        _zones = zones.Select(zone => new BuddyZone(zone.FirstPage, zone.EndPage, pageBlockOrder)).ToArray();
        _recorded = _zones.Select(zone => new RecordedZone(zone)).ToArray();
        _hugePageOrder = hugePageOrder;
    }

    /// <summary>The zones, in the order given.</summary>
    public IReadOnlyList<BuddyZone> Zones => _zones;

    /// <summary>Events that said something of the free lists.</summary>
    public long Played { get; private set; }

    /// <summary>Events of blocks that are not wholly in a zone, or not aligned to their size.</summary>
    public long Strays { get; private set; }

    /// <summary>Events lost while they were recorded.</summary>
    public long LostEvents { get; private set; }

    /// <summary>
    /// Pages that an event took although they were not free, or freed although they were. Some are found while the free
    /// pages at the start are read; later ones say that events are missing.
    /// </summary>
    public long ContradictedPages => _recorded.Sum(zone => zone.ContradictedPages);

    /// <summary>Marks pages as free that are not, such as a run of pages with KPF_BUDDY.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pages are not all in one zone.</exception>
    public void AddFree(long firstPage, long endPage)
    {
        int index = IndexOf(firstPage, endPage - firstPage);
        if (index < 0)
            throw new ArgumentOutOfRangeException(nameof(firstPage), "A run of free pages is in one zone.");
        BuddyZone zone = _zones[index];
        int end = (int)(endPage - zone.BasePage);
        for (int page = (int)(firstPage - zone.BasePage); page < end;)
        {
            int order = BuddyZone.LargestOrderAt(page, end);
            _recorded[index].Free(page, order);
            page += 1 << order;
        }
    }

    /// <summary>Plays one event; a mark does nothing.</summary>
    public void Play(in PageEvent pageEvent)
    {
        LostEvents += pageEvent.LostEvents;
        if (pageEvent.Kind is PageEventKind.Mark or PageEventKind.Lost
            || (pageEvent.Kind == PageEventKind.Freed && PassesThroughPerCpuList(pageEvent.Order)))
        {
            return;
        }

        long pages = pageEvent.Kind == PageEventKind.Isolated ? pageEvent.EndPage - pageEvent.Page : 1L << pageEvent.Order;
        bool isBlock = pageEvent.Kind == PageEventKind.Isolated ? pages >= 0 : (pageEvent.Page & (pages - 1)) == 0;
        int index = isBlock ? IndexOf(pageEvent.Page, pages) : -1;
        if (index < 0)
        {
            Strays++;
            return;
        }

        Played++;
        int page = (int)(pageEvent.Page - _zones[index].BasePage);
        RecordedZone zone = _recorded[index];
        switch (pageEvent.Kind)
        {
            case PageEventKind.Taken or PageEventKind.TakenFromOtherType:
                zone.Take(page, pageEvent.Order);
                break;
            case PageEventKind.Allocated:
                zone.TakeUnseen(page, pageEvent.Order);
                break;
            case PageEventKind.Isolated:
                zone.TakeLowest(page, page + (int)pages, pageEvent.TakenPages);
                break;
            default:
                zone.Free(page, pageEvent.Order);
                break;
        }
    }

    private bool PassesThroughPerCpuList(int order) => order <= LargestPerCpuOrder || order == _hugePageOrder;

    private int IndexOf(long firstPage, long pages)
    {
        for (int index = 0; index < _zones.Length; index++)
        {
            if (_zones[index].FirstPage <= firstPage && pages <= _zones[index].EndPage - firstPage)
                return index;
        }

        return -1;
    }
}
