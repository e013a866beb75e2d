using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Goes through a generation, region by region, and says of every byte what it serves.</summary>
/// <param name="objects">Large objects that are known, by address.</param>
/// <param name="place">Takes the extents in order, none empty, with the object that one is.</param>
internal sealed class ExtentWalk(ulong padBytes, IReadOnlyList<KnownObject> objects, ExtentHandler place)
{
    // One that is null, to be handed on where it lies.
    private readonly KnownObject?[] _none = new KnownObject?[1];
    private readonly int _objects = objects.Count;
    private int _next;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(GenerationExtent region, ulong knownEnd, ReadOnlySpan<LiveRun> runs)
    {
        ulong at = region.Start;
        foreach (ref readonly LiveRun whole in runs)
        {
            if (whole.Start >= region.UsedEnd)
                break;

            LiveRun run = whole.Before(region.UsedEnd);
            AddGap(at, run.Start, knownEnd, padBytes);
            AddRun(run);
            at = run.End;
        }

        AddGap(at, region.UsedEnd, knownEnd, pad: 0);
    }

    private void AddRun(LiveRun run)
    {
        if (ObjectAt(run.Start) is { } known && known.End <= run.End)
            Place(TrackUse.Used, run.Bytes - run.InnerFreeBytes, known);
        else
            Place(TrackUse.Used, run.Bytes - run.InnerFreeBytes, _none[0]);
        Place(TrackUse.Free, run.InnerFreeBytes, _none[0]);
    }

    private void AddGap(ulong start, ulong end, ulong knownEnd, ulong pad)
    {
        if (end <= start)
            return;

        ulong known = Math.Min(end, Math.Max(start, knownEnd)) - start;
        ulong padded = known == end - start ? Math.Min(known, pad) : 0;
        Place(TrackUse.Free, known - padded, _none[0]);
        Place(TrackUse.Pad, padded, _none[0]);
        AddUnknown(start + known, end);
    }

    // Objects born since the last GC that spoke of them are in use; around them nobody knows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUnknown(ulong start, ulong end)
    {
        ulong at = start;
        while (at < end)
        {
            KnownObject? known = NextObjectIn(at, end);
            Place(TrackUse.Unknown, (known?.Start ?? end) - at, _none[0]);
            if (known is not { } one)
                return;

            Place(TrackUse.Used, one.Bytes, one);
            at = one.End;
        }
    }

    private void Place(TrackUse use, ulong bytes, in KnownObject? known)
    {
        if (bytes > 0)
            place(use, (long)bytes, in known);
    }

    private KnownObject? ObjectAt(ulong address)
    {
        SkipTo(address);
        return _next < _objects && objects[_next].Start == address ? objects[_next] : null;
    }

    private KnownObject? NextObjectIn(ulong start, ulong end)
    {
        SkipTo(start);
        return _next < _objects && objects[_next].End <= end ? objects[_next] : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkipTo(ulong address)
    {
        while (_next < _objects && objects[_next].Start < address)
            _next++;
    }
}
