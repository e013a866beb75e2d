using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// Thread caches over central lists over the page heap. A place holds the span and the block's number in it.
/// </summary>
internal sealed class TcmallocHeap
{
    public const long PageBytes = TcmallocSizeClasses.PageBytes;

    private const int BlockBits = 11;
    private const long StolenBytes = 1 << 16;
    private const int Steals = 10;

    private readonly CentralList[] _central = new CentralList[TcmallocSizeClasses.Count];
    private readonly Dictionary<long, ThreadCache> _threads = new();
    private readonly List<ThreadCache> _caches = [];
    private readonly long[] _freed = new long[1];
    private long _unclaimedBytes;
    private ThreadCache _thread;
    private int _nextRobbed;
    private int _nextShrunk;

    public TcmallocHeap(TcmallocOptions options)
    {
        Pages = new PageHeap(options);
        Cached = new CachedBlocks(Pages.Spans);
        // As measured: a cache that the process makes before main, and that no thread uses later, seems to keep its claim.
        _unclaimedBytes = options.ThreadCacheBytes - StolenBytes;
        for (int i = 0; i < _central.Length; i++)
            _central[i] = new CentralList(this, i);
        _thread = ThreadNumbered(0);
    }

    public PageHeap Pages { get; }

    public CachedBlocks Cached { get; }

    public BlockLinks Links { get; } = new(TcmallocSizeClasses.Count);

    public HeapFootprint Footprint
    {
        get
        {
            long committed = Pages.SystemBytes - Pages.ReturnedBytes;
            return new HeapFootprint(committed, committed, MetadataBytes, Pages.FreeBytes);
        }
    }

    /// <summary>Bytes of spans behind their last block.</summary>
    public long MetadataBytes { get; private set; }

    /// <summary>Bytes of blocks on the lists of spans, and of spans behind their last block.</summary>
    public long CentralBytes
    {
        get
        {
            long bytes = MetadataBytes;
            for (int i = 1; i < _central.Length; i++)
                bytes += _central[i].ListedBlocks * TcmallocSizeClasses.Bytes[i];
            return bytes;
        }
    }

    /// <summary>Bytes of blocks in transfer slots.</summary>
    public long TransferBytes
    {
        get
        {
            long bytes = 0;
            for (int i = 1; i < _central.Length; i++)
                bytes += _central[i].TransferBlocks * TcmallocSizeClasses.Bytes[i];
            return bytes;
        }
    }

    /// <summary>Bytes of blocks in thread caches.</summary>
    public long ThreadBytes
    {
        get
        {
            long bytes = 0;
            foreach (ThreadCache cache in _caches)
                bytes += cache.Bytes;
            return bytes;
        }
    }

    public static long PlaceOf(int span, int block) => ((long)span << BlockBits) | (uint)block;

    public static int SpanOf(long place) => (int)(place >> BlockBits);

    public static int BlockOf(long place) => (int)place & ((1 << BlockBits) - 1);

    public CentralList Central(int sizeClass) => _central[sizeClass];

    /// <param name="sizeClass">Class of spans that are cut, or whole again.</param>
    /// <param name="spans">How many more there are.</param>
    public void CountSpans(int sizeClass, int spans) => MetadataBytes += spans
        * ((TcmallocSizeClasses.SpanPages[sizeClass] * PageBytes)
            - (TcmallocSizeClasses.SpanBlocks[sizeClass] * TcmallocSizeClasses.Bytes[sizeClass]));

    public void TurnTo(long thread) => _thread = ThreadNumbered(thread);

    /// <returns>The place, or −1 when there is no memory.</returns>
    public long Allocate(long bytes)
    {
        if (!_thread.Exists)
            SetFirstLimit(_thread);
        if (bytes <= TcmallocSizeClasses.Largest)
            return _thread.Take(TcmallocSizeClasses.Of(bytes));
        int span = Pages.Allocate((bytes + PageBytes - 1) / PageBytes);
        return span < 0 ? -1 : PlaceOf(span, 0);
    }

    /// <returns>The place, or −1 when there is no memory.</returns>
    public long Allocate(long bytes, long alignment)
    {
        if (bytes == 0)
            bytes = 1;
        if (alignment <= PageBytes)
            return Allocate(Bits.AlignUp(bytes, alignment));
        int span = Pages.Allocate((bytes + alignment + PageBytes - 1) / PageBytes);
        if (span < 0)
            return -1;
        long pages = alignment / PageBytes;
        long skipped = Bits.AlignUp(Pages.Spans[span].Start, pages) - Pages.Spans[span].Start;
        if (skipped > 0)
        {
            int rest = Pages.Split(span, skipped);
            Pages.Free(span);
            span = rest;
        }

        long needed = (bytes + PageBytes - 1) / PageBytes;
        if (Pages.Spans[span].Length > needed)
            Pages.Free(Pages.Split(span, needed));
        return PlaceOf(span, 0);
    }

    public void Free(long place)
    {
        int sizeClass = Pages.Spans[SpanOf(place)].SizeClass;
        if (sizeClass == 0)
        {
            Pages.Free(SpanOf(place));
        }
        else if (_thread.Exists)
        {
            _thread.Put(sizeClass, place);
        }
        else
        {
            _freed[0] = place;
            _central[sizeClass].Return(_freed, 1);
        }
    }

    /// <summary>
    /// Moves a block that grows, or shrinks by more than half; a little growth makes it a quarter larger.
    /// </summary>
    /// <returns>The place after the resize, or −1 when there is no memory.</returns>
    public long Resize(long place, long bytes)
    {
        long old = BytesAt(place);
        if (bytes <= old && bytes >= old / 2)
            return place;
        long resized = bytes > old && bytes < old + (old / 4) ? Allocate(old + (old / 4)) : -1;
        if (resized < 0)
            resized = Allocate(bytes);
        if (resized >= 0)
            Free(place);
        return resized;
    }

    public long BytesAt(long place)
    {
        ref Span span = ref Pages.Spans[SpanOf(place)];
        return span.SizeClass == 0 ? span.Length * PageBytes : TcmallocSizeClasses.Bytes[span.SizeClass];
    }

    public long OffsetOf(long place)
    {
        ref Span span = ref Pages.Spans[SpanOf(place)];
        return (span.Start * PageBytes) + (BlockOf(place) * TcmallocSizeClasses.Bytes[span.SizeClass]);
    }

    /// <summary>The current thread becomes idle and loses its cache, and free pages go back.</summary>
    public void Release()
    {
        _thread.Clear();
        _unclaimedBytes += _thread.LimitBytes;
        _thread.LimitBytes = 0;
        Pages.Release(long.MaxValue);
    }

    /// <summary>Takes a transfer slot from the class whose turn it is.</summary>
    public bool TryTakeSlot(int forClass, bool isForced)
    {
        int turn = _nextShrunk++;
        if (turn >= _central.Length)
        {
            turn %= _central.Length;
            _nextShrunk = turn;
        }

        return turn != forClass && _central[turn].TryGiveSlot(isForced);
    }

    /// <summary>Lets a cache grow larger, at the cost of the bytes no cache claims or of another cache.</summary>
    public void RaiseLimit(ThreadCache cache)
    {
        if (_unclaimedBytes > 0)
        {
            _unclaimedBytes -= StolenBytes;
            cache.LimitBytes += StolenBytes;
            return;
        }

        for (int i = 0; i < Steals; i++)
        {
            ThreadCache robbed = _caches[_nextRobbed];
            _nextRobbed = _nextRobbed == 0 ? _caches.Count - 1 : _nextRobbed - 1;
            if (robbed == cache || robbed.LimitBytes <= ThreadCache.SmallestLimit)
                continue;
            robbed.LimitBytes -= StolenBytes;
            cache.LimitBytes += StolenBytes;
            return;
        }
    }

    private ThreadCache ThreadNumbered(long thread)
    {
        if (_threads.TryGetValue(thread, out ThreadCache? cache))
            return cache;
        cache = new ThreadCache(this);
        _threads.Add(thread, cache);
        _caches.Add(cache);
        return cache;
    }

    private void SetFirstLimit(ThreadCache cache)
    {
        RaiseLimit(cache);
        if (cache.LimitBytes > 0)
            return;
        cache.LimitBytes = ThreadCache.SmallestLimit;
        _unclaimedBytes -= ThreadCache.SmallestLimit;
    }
}
