using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>What the bytes of each OS page of a heap serve, and whether the page is in memory. Several threads may count at once.</summary>
public sealed class PageUses
{
    private readonly IReadOnlyList<PageResidence> _residence;
    private readonly int[] _free;
    private readonly int[] _cached;
    private readonly int[] _top;
    private readonly int[] _outside;
    private readonly int _pageShift;

    internal PageUses(ulong start, ulong end, IReadOnlyList<PageResidence> residence, ulong pageBytes)
    {
        Start = start;
        PageBytes = (int)pageBytes;
        _pageShift = BitOperations.Log2(pageBytes);
        _residence = residence;
        _free = new int[residence.Count];
        _cached = new int[residence.Count];
        _top = new int[residence.Count];
        _outside = new int[residence.Count];
        ulong tail = start + ((ulong)residence.Count * pageBytes);
        if (tail > end && residence.Count > 0)
            _outside[^1] = (int)(tail - end);
    }

    /// <summary>Address of the first page.</summary>
    public ulong Start { get; }

    public int PageBytes { get; }

    public int Count => _residence.Count;

    public PageResidence ResidenceOf(int page) => _residence[page];

    /// <summary>Bytes in lists of free chunks.</summary>
    public int FreeBytesOf(int page) => _free[page];

    /// <summary>Bytes in fastbins and in threads' caches.</summary>
    public int CachedBytesOf(int page) => _cached[page];

    public int TopBytesOf(int page) => _top[page];

    /// <summary>Everything else: live blocks, and the allocator's own records.</summary>
    public int LiveBytesOf(int page) => PageBytes - _free[page] - _cached[page] - _top[page] - _outside[page];

    public bool IsResident(int page) => _residence[page] is PageResidence.Resident;

    /// <summary>Whether the page holds nothing of the heap.</summary>
    public bool IsOutside(int page) => _outside[page] == PageBytes;

    public HeapPageKind KindOf(int page)
    {
        bool isLive = LiveBytesOf(page) > 0;
        switch (_residence[page])
        {
            case PageResidence.Unknown:
                return HeapPageKind.Unknown;
            case PageResidence.Absent:
                return isLive ? HeapPageKind.LiveUntouched : HeapPageKind.Returned;
            default:
                if (isLive)
                    return HeapPageKind.Live;
                if (_cached[page] > 0)
                    return HeapPageKind.Cached;
                return _top[page] + _outside[page] == PageBytes ? HeapPageKind.Top : HeapPageKind.Free;
        }
    }

    /// <summary>Bytes of a chunk in a list of free ones.</summary>
    internal void AddFree(ulong start, ulong bytes) => AddChunk(start, bytes, _free);

    /// <summary>Bytes of a chunk in a fastbin or in a thread's cache.</summary>
    internal void AddCached(ulong start, ulong bytes) => AddChunk(start, bytes, _cached);

    internal void AddTop(ulong start, ulong bytes) => Add(start, start + bytes, _top);

    /// <summary>These bytes are none of the heap's.</summary>
    internal void Leave(ulong start, ulong end) => Add(start, end, _outside);

    /// <summary>Most chunks lie on one page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddChunk(ulong start, ulong bytes, int[] tally)
    {
        ulong page = (start - Start) >> _pageShift;
        if (page < (ulong)tally.Length && (start + bytes - 1 - Start) >> _pageShift == page)
            Interlocked.Add(ref tally[page], (int)bytes);
        else
            Add(start, start + bytes, tally);
    }

    private void Add(ulong start, ulong end, int[] tally)
    {
        for (ulong at = Math.Max(start, Start); at < end;)
        {
            ulong page = (at - Start) >> _pageShift;
            if (page >= (ulong)tally.Length)
                return;
            ulong pageEnd = Math.Min(end, Start + ((page + 1) << _pageShift));
            Interlocked.Add(ref tally[page], (int)(pageEnd - at));
            at = pageEnd;
        }
    }
}
