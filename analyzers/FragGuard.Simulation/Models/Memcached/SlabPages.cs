using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// The pages, cut into chunks of the class they belong to, and the pool of pages that belong to none. A page is placed by
/// the order in which the pages were taken from the system.
/// </summary>
internal sealed class SlabPages
{
    /// <summary>Bits of a chunk's name that hold its index in the page: a page has at most 18 724 chunks.</summary>
    public const int ChunkBits = 15;

    /// <summary>No chunk or no page.</summary>
    public const int None = -1;

    private readonly MemcachedRules _rules;
    private readonly SlabClass[] _classes;
    private readonly List<int> _pool = [];
    private readonly List<bool> _isReleased = [];
    private int _cleared = None;

    /// <summary>Bytes of all chunks, free or in use, those of the page being cleared left out.</summary>
    private long _chunksBytes;

    public SlabPages(MemcachedRules rules)
    {
        _rules = rules;
        Table = new SlabClassTable(rules);
        _classes = new SlabClass[Table.Largest + 1];
        for (int i = 1; i < _classes.Length; i++)
        {
            _classes[i].ChunkBytes = Table.ChunkBytes[i];
            _classes[i].ChunksPerPage = MemcachedRules.PageBytes / Table.ChunkBytes[i];
            _classes[i].Free = [];
            _classes[i].Pages = [];
        }
    }

    public SlabClassTable Table { get; }

    /// <summary>Bytes of all pages, those of the pool included.</summary>
    public long PagesBytes { get; private set; }

    /// <summary>Bytes of chunks in use.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>Bytes of free chunks.</summary>
    public long FreeBytes => _chunksBytes - UsedBytes;

    /// <summary>Pages that belong to no class.</summary>
    public IReadOnlyList<int> Pool => _pool;

    public int PoolPages => _pool.Count;

    /// <summary>Pages ever taken from the system, those given back included.</summary>
    public int PagesTaken => _isReleased.Count;

    public ref readonly SlabClass this[int slabClass] => ref _classes[slabClass];

    public bool IsReleased(int page) => _isReleased[page];

    public static int PageOf(int chunk) => chunk >> ChunkBits;

    public static int IndexOf(int chunk) => chunk & ((1 << ChunkBits) - 1);

    /// <summary>Offset of a chunk from the first page's start.</summary>
    public long OffsetOf(int slabClass, int chunk) =>
        (long)PageOf(chunk) * MemcachedRules.PageBytes + (long)IndexOf(chunk) * _classes[slabClass].ChunkBytes;

    /// <summary>Takes a free chunk, from a new page if the class has none and the limit allows a page.</summary>
    /// <returns>The chunk, or <see cref="None"/>.</returns>
    public int Allocate(int slabClass)
    {
        if (_classes[slabClass].FreeCount == 0 && !TryAddPage(slabClass))
            return None;
        return AllocateInPlace(slabClass);
    }

    /// <summary>Takes a free chunk of the pages that the class has.</summary>
    /// <returns>The chunk, or <see cref="None"/>.</returns>
    public int AllocateInPlace(int slabClass)
    {
        ref SlabClass slab = ref _classes[slabClass];
        if (slab.FreeCount == 0)
            return None;
        UsedBytes += slab.ChunkBytes;
        return slab.Free[--slab.FreeCount];
    }

    public void Free(int slabClass, int chunk)
    {
        ref SlabClass slab = ref _classes[slabClass];
        UsedBytes -= slab.ChunkBytes;
        if (PageOf(chunk) != _cleared)
            Push(ref slab, chunk);
    }

    /// <summary>Takes the free chunks of a class's first page away, and from now on those freed in it as well.</summary>
    /// <returns>The page.</returns>
    public int BeginClearing(int slabClass)
    {
        ref SlabClass slab = ref _classes[slabClass];
        _cleared = slab.Pages[0];
        int kept = 0;
        for (int i = 0; i < slab.FreeCount; i++)
        {
            if (PageOf(slab.Free[i]) != _cleared)
                slab.Free[kept++] = slab.Free[i];
        }

        _chunksBytes -= (long)slab.ChunksPerPage * slab.ChunkBytes;
        slab.FreeCount = kept;
        return _cleared;
    }

    /// <summary>Hands the cleared page to another class, or to the pool, which gives back what exceeds the limit.</summary>
    public void EndClearing(int slabClass, int toClass)
    {
        ref SlabClass slab = ref _classes[slabClass];
        slab.PageCount--;
        Array.Copy(slab.Pages, 1, slab.Pages, 0, slab.PageCount);
        int page = _cleared;
        _cleared = None;
        if (toClass > 0)
        {
            AddPage(ref _classes[toClass], page);
            return;
        }

        _pool.Add(page);
        while (PagesBytes > _rules.LimitBytes && _pool.Count > 0)
        {
            _isReleased[TakeFromPool()] = true;
            PagesBytes -= MemcachedRules.PageBytes;
        }
    }

    private bool TryAddPage(int slabClass)
    {
        ref SlabClass slab = ref _classes[slabClass];
        int bytes = _rules.HasWholePages ? MemcachedRules.PageBytes : slab.ChunkBytes * slab.ChunksPerPage;
        if (PagesBytes + bytes > _rules.LimitBytes && slab.PageCount > 0 && _pool.Count == 0)
            return false;
        if (_pool.Count > 0)
        {
            AddPage(ref slab, TakeFromPool());
            return true;
        }

        PagesBytes += bytes;
        _isReleased.Add(false);
        AddPage(ref slab, _isReleased.Count - 1);
        return true;
    }

    private int TakeFromPool()
    {
        int page = _pool[_pool.Count - 1];
        _pool.RemoveAt(_pool.Count - 1);
        return page;
    }

    private void AddPage(ref SlabClass slab, int page)
    {
        if (slab.PageCount == slab.Pages.Length)
            Array.Resize(ref slab.Pages, Math.Max(4, slab.PageCount * 2));
        slab.Pages[slab.PageCount++] = page;
        _chunksBytes += (long)slab.ChunksPerPage * slab.ChunkBytes;
        for (int i = 0; i < slab.ChunksPerPage; i++)
            Push(ref slab, (page << ChunkBits) + i);
    }

    private static void Push(ref SlabClass slab, int chunk)
    {
        if (slab.FreeCount == slab.Free.Length)
            Array.Resize(ref slab.Free, Math.Max(slab.ChunksPerPage, slab.FreeCount * 2));
        slab.Free[slab.FreeCount++] = chunk;
    }
}
