using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// Clears the first page of a class and hands it on. What lives in it goes to free chunks of the class's other pages, and
/// is dropped when there are none. A rescued item becomes the newest of its queue.
/// </summary>
internal sealed class PageMover
{
    private readonly ItemStore _items;
    private int[] _itemAt = [];
    private int[] _partAt = [];

    public PageMover(ItemStore items) => _items = items;

    /// <summary>Live items dropped because their class had no free chunk.</summary>
    public int Dropped { get; private set; }

    /// <summary>Pages moved.</summary>
    public int Moved { get; private set; }

    /// <param name="fromClass">A class, which keeps one page at least.</param>
    /// <param name="toClass">Another class, or 0 for the pool.</param>
    /// <returns>Whether a page was moved.</returns>
    public bool Move(int fromClass, int toClass)
    {
        SlabPages pages = _items.Pages;
        if (pages[fromClass].PageCount < 2)
            return false;
        int chunks = pages[fromClass].ChunksPerPage;
        if (_itemAt.Length < chunks)
            (_itemAt, _partAt) = (new int[chunks], new int[chunks]);
        FindOccupants(fromClass, pages.BeginClearing(fromClass));
        for (int i = 0; i < chunks; i++)
        {
            int item = _itemAt[i];
            if (item == ItemStore.None || !_items.IsInUse(item))
                continue;
            if (_partAt[i] != ItemStore.None)
                TryRescue(fromClass, item, ref _items.Part(_partAt[i]).Chunk);
            else if (TryRescue(fromClass, item, ref _items[item].Chunk))
                _items.Relink(item);
        }

        pages.EndClearing(fromClass, toClass);
        Moved++;
        return true;
    }

    /// <summary>Notes which item each chunk of the page belongs to, and which part of it when the chunk is a part.</summary>
    private void FindOccupants(int slabClass, int page)
    {
        Array.Clear(_itemAt, 0, _itemAt.Length);
        Array.Clear(_partAt, 0, _partAt.Length);
        for (int item = 1; item <= _items.LastItem; item++)
        {
            if (!_items.IsInUse(item))
                continue;
            ref Item occupant = ref _items[item];
            if (occupant.ChunkClass == slabClass && SlabPages.PageOf(occupant.Chunk) == page)
                _itemAt[SlabPages.IndexOf(occupant.Chunk)] = item;
            for (int part = _items.FirstPartOf(item); part != ItemStore.None; part = _items.Part(part).Next)
            {
                ref ItemPart occupying = ref _items.Part(part);
                if (occupying.Class != slabClass || SlabPages.PageOf(occupying.Chunk) != page)
                    continue;
                _itemAt[SlabPages.IndexOf(occupying.Chunk)] = item;
                _partAt[SlabPages.IndexOf(occupying.Chunk)] = part;
            }
        }
    }

    private bool TryRescue(int slabClass, int item, ref int chunk)
    {
        bool isPast = _items.IsPast(item);
        int rescued = isPast ? SlabPages.None : _items.Pages.AllocateInPlace(slabClass);
        if (rescued == SlabPages.None)
        {
            Dropped += isPast ? 0 : 1;
            _items.Remove(item);
            return false;
        }

        _items.Pages.Free(slabClass, chunk);
        chunk = rescued;
        return true;
    }
}
