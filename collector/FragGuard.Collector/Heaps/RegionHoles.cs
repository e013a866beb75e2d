using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The holes of one region, by address, each with the ends of its neighbours.</summary>
internal ref struct RegionHoles(RegionDraft region)
{
    private readonly ReadOnlySpan<LiveRun> _runs = region.Runs;
    private readonly ulong _padBytes = HeapRegion.PadBytesOf(region.Extent.Generation);
    private readonly ulong _knownEnd = region.KnownEnd;
    private readonly ulong _usedEnd = region.Extent.UsedEnd;
    private ulong _at = region.Extent.Start;
    private ulong _left;
    private int _next;
    private bool _isOver;

    /// <param name="LeftEnd">Where the object before the hole ends; 0 at the start of the region.</param>
    /// <param name="RightStart">Where the object after it starts; 0 at the end of the region.</param>
    public readonly record struct Hole(ulong Bytes, ulong LeftEnd, ulong RightStart);

    public Hole Current { get; private set; }

    public readonly RegionHoles GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        while (_next < _runs.Length && _runs[_next].Start < _usedEnd)
        {
            LiveRun run = _runs[_next++];
            ulong bytes = Gap(_at, run.Start, _knownEnd);
            bytes = bytes == run.Start - _at ? bytes - Math.Min(bytes, _padBytes) : bytes;
            Current = new Hole(bytes, _left, run.Start);
            _at = _left = run.End;
            if (bytes > 0)
                return true;
        }

        Current = new Hole(_isOver ? 0 : Gap(_at, _usedEnd, _knownEnd), _left, 0);
        _isOver = true;
        return Current.Bytes > 0;
    }

    private static ulong Gap(ulong start, ulong end, ulong knownEnd)
    {
        ulong knownTo = Math.Min(end, knownEnd);
        return knownTo > start ? knownTo - start : 0;
    }
}
