using System;

namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>
/// What follows each block of a page or span in its list: one flat array, handed out in runs of one length per size
/// class.
/// </summary>
internal sealed class BlockLinks
{
    public const int End = -1;

    private readonly int[] _reusableOfClass;
    private short[] _next = new short[1_024];
    private int[] _runs = new int[16];
    private int[] _runNext = new int[16];
    private int _used;
    private int _runCount;
    private int _spareRun = -1;

    public BlockLinks(int classes)
    {
        _reusableOfClass = new int[classes];
        for (int i = 0; i < _reusableOfClass.Length; i++)
            _reusableOfClass[i] = -1;
    }

    public int this[int index]
    {
        get => _next[index];
        set => _next[index] = (short)value;
    }

    /// <returns>Where the links of so many blocks start.</returns>
    public int Take(int sizeClass, int blocks)
    {
        int run = _reusableOfClass[sizeClass];
        if (run >= 0)
        {
            _reusableOfClass[sizeClass] = _runNext[run];
            _runNext[run] = _spareRun;
            _spareRun = run;
            return _runs[run];
        }

        if (_used + blocks > _next.Length)
            Array.Resize(ref _next, Math.Max(_next.Length * 2, _used + blocks));
        _used += blocks;
        return _used - blocks;
    }

    /// <summary>Takes links back for the next page of the class, which has as many blocks.</summary>
    public void Return(int sizeClass, int links)
    {
        int run = _spareRun;
        if (run >= 0)
            _spareRun = _runNext[run];
        else
            run = NewRun();
        _runs[run] = links;
        _runNext[run] = _reusableOfClass[sizeClass];
        _reusableOfClass[sizeClass] = run;
    }

    private int NewRun()
    {
        if (_runCount == _runs.Length)
        {
            Array.Resize(ref _runs, _runCount * 2);
            Array.Resize(ref _runNext, _runCount * 2);
        }

        return _runCount++;
    }
}
