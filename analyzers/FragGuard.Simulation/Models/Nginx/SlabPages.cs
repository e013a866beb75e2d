using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// The page descriptors of a pool with their lists, and the free list among them. Free pages are kept as runs; no two of
/// them adjoin.
/// </summary>
internal sealed class SlabPages
{
    private readonly SlabPage[] _pages;
    private readonly int _count;
    private readonly int _freeHead;

    /// <param name="count">Pages, all free.</param>
    /// <param name="lists">Lists besides the free list, numbered from 0, all empty.</param>
    public SlabPages(int count, int lists)
    {
        _count = count;
        _freeHead = count + lists;
        _pages = new SlabPage[_freeHead + 1];
        for (int head = count; head <= _freeHead; head++)
            _pages[head].Next = _pages[head].Previous = head;
        for (int page = 0; page < count; page++)
            _pages[page].Next = -1;
        PutFreeRun(0, count);
        Free = count;
    }

    /// <summary>Whole free pages.</summary>
    public int Free { get; private set; }

    /// <summary>Pages ever written to.</summary>
    public int Touched { get; private set; }

    public ref SlabPage this[int page] => ref _pages[page];

    /// <summary>First page of a list; −1 when it is empty.</summary>
    public int FirstOf(int list)
    {
        int first = _pages[_count + list].Next;
        return first < _count ? first : -1;
    }

    /// <summary>The free list, in the order in which it is searched.</summary>
    public IEnumerable<SlabRun> FreeRuns()
    {
        for (int page = _pages[_freeHead].Next; page != _freeHead; page = _pages[page].Next)
            yield return new SlabRun(page, _pages[page].Pages);
    }

    public IEnumerable<int> PagesOf(int list)
    {
        for (int page = _pages[_count + list].Next; page < _count; page = _pages[page].Next)
            yield return page;
    }

    /// <summary>First fit in list order, from the run's low end; what remains keeps the run's place in the list.</summary>
    /// <returns>The first page taken, or −1 when no run is long enough.</returns>
    public int Take(long pages)
    {
        if (pages > Free)
            return -1;
        for (int index = _pages[_freeHead].Next; index != _freeHead; index = _pages[index].Next)
        {
            ref SlabPage run = ref _pages[index];
            if (run.Pages < pages)
                continue;

            int taken = (int)pages;
            if (run.Pages > taken)
                ReplaceRun(index, index + taken);
            else
                Unlink(index);
            run.Pages = 0;
            Free -= taken;
            Touch(index, taken);
            return index;
        }

        return -1;
    }

    /// <summary>Frees adjacent pages that are in no list: merged with the free runs beside them, they go first.</summary>
    public void Release(int first, int pages)
    {
        for (int page = first; page < first + pages; page++)
        {
            _pages[page].Use = SlabPageUse.Free;
            _pages[page].Pages = 0;
        }

        Free += pages;
        int next = first + pages;
        if (next < _count && _pages[next].Use == SlabPageUse.Free)
        {
            pages += _pages[next].Pages;
            Unlink(next);
            _pages[next].Pages = 0;
        }

        if (first > 0 && _pages[first - 1].Use == SlabPageUse.Free)
        {
            int previous = _pages[first - 1].Pages > 0 ? first - 1 : _pages[first - 1].Previous;
            pages += first - previous;
            first = previous;
            Unlink(first);
        }

        PutFreeRun(first, pages);
    }

    /// <summary>Puts a page that is in no list at the front of one.</summary>
    public void PutFirst(int list, int page) => LinkAfter(_count + list, page);

    public void Unlink(int index)
    {
        ref SlabPage page = ref _pages[index];
        _pages[page.Previous].Next = page.Next;
        _pages[page.Next].Previous = page.Previous;
        page.Next = -1;
    }

    /// <summary>Puts the later part of a run into the list in the run's stead.</summary>
    private void ReplaceRun(int run, int rest)
    {
        SetRun(rest, _pages[run].Pages - (rest - run));
        _pages[rest].Next = _pages[run].Next;
        _pages[rest].Previous = _pages[run].Previous;
        _pages[_pages[rest].Next].Previous = rest;
        _pages[_pages[rest].Previous].Next = rest;
        _pages[run].Next = -1;
    }

    private void PutFreeRun(int first, int pages)
    {
        SetRun(first, pages);
        LinkAfter(_freeHead, first);
    }

    private void SetRun(int first, int pages)
    {
        _pages[first].Pages = pages;
        if (pages > 1)
            _pages[first + pages - 1].Previous = first;
    }

    private void LinkAfter(int head, int index)
    {
        int second = _pages[head].Next;
        _pages[index].Next = second;
        _pages[index].Previous = head;
        _pages[second].Previous = index;
        _pages[head].Next = index;
    }

    private void Touch(int first, int pages)
    {
        for (int page = first; page < first + pages; page++)
        {
            if (_pages[page].IsTouched)
                continue;
            _pages[page].IsTouched = true;
            Touched++;
        }
    }
}
