using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Extents in a few bytes each: use and what follows it, then numbers in groups of seven bits, the lowest first.</summary>
internal sealed class PackedExtents
{
    private const int HasSite = 8;
    private const int HasAge = 16;
    private const int UseMask = 7;
    private const int FirstRoom = 1 << 10;

    // A mark and four numbers of ten bytes.
    private const int MostBytes = 41;

    private byte[] _bytes = new byte[FirstRoom];
    private int _count;

    /// <summary>Whether any extent has a site.</summary>
    public bool HasSites { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TrackExtent extent)
    {
        HasSites |= extent.Site >= 0;
        if (_bytes.Length - _count < MostBytes)
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        int mark = (int)extent.Use | (extent.Site >= 0 ? HasSite : 0) | (extent.AgeMs is null ? 0 : HasAge);
        _bytes[_count++] = (byte)mark;
        AddNumber(extent.Bytes);
        if (extent.Use == TrackUse.Cell)
            AddNumber(extent.UsedBytes);
        if (extent.Site >= 0)
            AddNumber(extent.Site);
        if (extent.AgeMs is { } age)
            AddNumber(Math.Max(0, age));
    }

    /// <summary>Nothing is added any more.</summary>
    public void Trim() => Array.Resize(ref _bytes, _count);

    public IEnumerable<TrackExtent> All()
    {
        int at = 0;
        while (at < _count)
        {
            int mark = _bytes[at++];
            TrackUse use = (TrackUse)(mark & UseMask);
            long bytes = Number(ref at);
            long used = use switch
            {
                TrackUse.Used or TrackUse.Unknown => bytes,
                TrackUse.Cell => Number(ref at),
                _ => 0,
            };
            int site = (mark & HasSite) == 0 ? AllocationSources.Unknown : (int)Number(ref at);
            long? age = (mark & HasAge) == 0 ? null : Number(ref at);
            yield return new TrackExtent(use, bytes, used, site, age);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNumber(long number)
    {
        byte[] bytes = _bytes;
        int at = _count;
        ulong rest = (ulong)number;
        for (; rest >= 0x80; rest >>= 7)
            bytes[at++] = (byte)(rest | 0x80);
        bytes[at++] = (byte)rest;
        _count = at;
    }

    private long Number(ref int at)
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = _bytes[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return (long)number;
        }
    }
}
