namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// Pages by best fit: the shortest list that has a span, its latest one first, spans with pages before spans given
/// back.
/// Spans in the same state merge. After every so many freed pages one span goes back to the system.
/// </summary>
internal sealed class PageHeap
{
    private const int ListedPages = 128;
    private const long LargestReleaseDelay = 1 << 20;
    private const long DefaultReleaseDelay = 1 << 18;
    private const double PagesPerRelease = 1_000;
    private const double SmallestRate = 1e-6;
    private const long ForcedMergeBytes = 128L << 20;
    private const long PageBytes = TcmallocSizeClasses.PageBytes;

    private readonly TcmallocOptions _options;
    private readonly SpanList[] _normal = new SpanList[ListedPages];
    private readonly SpanList[] _returned = new SpanList[ListedPages];
    private readonly LargeSpans _largeNormal;
    private readonly LargeSpans _largeReturned;
    private int _nextReleased = ListedPages;
    private long _pagesToRelease;
    private bool _isRateKnown;

    public PageHeap(TcmallocOptions options)
    {
        _options = options;
        _largeNormal = new LargeSpans(Spans);
        _largeReturned = new LargeSpans(Spans);
        for (int i = 0; i < ListedPages; i++)
        {
            _normal[i] = SpanList.Empty;
            _returned[i] = SpanList.Empty;
        }
    }

    public SpanTable Spans { get; } = new();

    /// <summary>Address space taken from the system.</summary>
    public long SystemBytes { get; private set; }

    /// <summary>Free spans that have their pages.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Free spans whose pages went back.</summary>
    public long ReturnedBytes { get; private set; }

    /// <returns>A span in use, or −1 when the address space is used up.</returns>
    public int Allocate(long pages)
    {
        int span = Find(pages);
        if (span >= 0)
            return span;
        if (FreeBytes != 0
            && ReturnedBytes != 0
            && FreeBytes + ReturnedBytes >= SystemBytes / 4
            && SystemBytes / ForcedMergeBytes != (SystemBytes + (pages * PageBytes)) / ForcedMergeBytes)
        {
            Release(int.MaxValue);
            span = Find(pages);
            if (span >= 0)
                return span;
        }

        return TryGrow(pages) ? Find(pages) : -1;
    }

    public void Free(int span)
    {
        ref Span freed = ref Spans[span];
        long pages = freed.Length;
        freed.SizeClass = 0;
        freed.State = SpanState.Normal;
        MergeAndList(span);
        _pagesToRelease -= pages;
        if (_pagesToRelease < 0)
            ReleaseInTurn();
    }

    /// <summary>Cuts the end off a span in use.</summary>
    /// <returns>The end, in use too.</returns>
    public int Split(int span, long firstPages) => Spans.Split(span, firstPages);

    /// <summary>Gives back spans, a list after the other, until so many pages are back.</summary>
    /// <returns>How many pages went back.</returns>
    public long Release(long pages)
    {
        long released = 0;
        while (released < pages && FreeBytes > 0)
        {
            for (int i = 0; i <= ListedPages && released < pages; i++, _nextReleased++)
            {
                if (_nextReleased > ListedPages)
                    _nextReleased = 0;
                int span = _nextReleased == ListedPages ? _largeNormal.First : _normal[_nextReleased].Last;
                if (span < 0)
                    continue;
                long length = Spans[span].Length;
                Unlist(span);
                Spans[span].State = SpanState.Returned;
                MergeAndList(span);
                released += length;
            }
        }

        return released;
    }

    /// <summary>
    /// The first pages come before the library has read its release rate, which counts as 0 until then.
    /// </summary>
    private void ReleaseInTurn()
    {
        if (!_isRateKnown || _options.ReleaseRate <= SmallestRate)
        {
            _isRateKnown = true;
            _pagesToRelease = DefaultReleaseDelay;
            return;
        }

        long released = Release(1);
        double wait = PagesPerRelease / _options.ReleaseRate * released;
        _pagesToRelease = released == 0
            ? DefaultReleaseDelay
            : wait > LargestReleaseDelay ? LargestReleaseDelay : (long)wait;
    }

    private int Find(long pages)
    {
        for (long length = pages; length <= ListedPages; length++)
        {
            int span = _normal[length - 1].First;
            if (span < 0)
                span = _returned[length - 1].First;
            if (span >= 0)
                return Carve(span, pages);
        }

        int best = _largeNormal.BestFit(pages);
        int returned = _largeReturned.BestFit(pages);
        if (returned >= 0 && (best < 0 || IsBetter(returned, best)))
            best = returned;
        return best < 0 ? -1 : Carve(best, pages);
    }

    private bool IsBetter(int span, int other)
    {
        ref Span a = ref Spans[span];
        ref Span b = ref Spans[other];
        return a.Length < b.Length || (a.Length == b.Length && a.Start < b.Start);
    }

    private int Carve(int span, long pages)
    {
        Unlist(span);
        if (Spans[span].Length > pages)
            List(Spans.Split(span, pages));
        Spans[span].State = SpanState.InUse;
        return span;
    }

    private bool TryGrow(long pages)
    {
        long grown = pages > ListedPages ? pages : ListedPages;
        if (grown > (SizeClassedModel.AddressSpaceBytes - SystemBytes) / PageBytes)
            return false;
        SystemBytes += grown * PageBytes;
        Free(Spans.Append(grown));
        return true;
    }

    private void MergeAndList(int span)
    {
        if (_options.DecommitsAtOnce)
            Spans[span].State = SpanState.Returned;
        int before = Spans[span].Before;
        if (before >= 0 && CanMerge(span, before))
        {
            Unlist(before);
            Spans.MergeWithNext(before);
            Spans[before].State = Spans[span].State;
            span = before;
        }

        int after = Spans[span].After;
        if (after >= 0 && CanMerge(span, after))
        {
            Unlist(after);
            Spans.MergeWithNext(span);
        }

        List(span);
    }

    private bool CanMerge(int span, int neighbour) =>
        Spans[neighbour].State == Spans[span].State
        || (_options.DecommitsAtOnce && Spans[neighbour].State == SpanState.Normal);

    private void List(int span)
    {
        ref Span listed = ref Spans[span];
        bool isNormal = listed.State == SpanState.Normal;
        if (isNormal)
            FreeBytes += listed.Length * PageBytes;
        else
            ReturnedBytes += listed.Length * PageBytes;
        if (listed.Length > ListedPages)
            (isNormal ? _largeNormal : _largeReturned).Add(span);
        else
            (isNormal ? _normal : _returned)[listed.Length - 1].Add(Spans, span);
    }

    private void Unlist(int span)
    {
        ref Span unlisted = ref Spans[span];
        bool isNormal = unlisted.State == SpanState.Normal;
        if (isNormal)
            FreeBytes -= unlisted.Length * PageBytes;
        else
            ReturnedBytes -= unlisted.Length * PageBytes;
        if (unlisted.Length > ListedPages)
            (isNormal ? _largeNormal : _largeReturned).Remove(span);
        else
            (isNormal ? _normal : _returned)[unlisted.Length - 1].Remove(Spans, span);
    }
}
