using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>The arrays of one size that one core keeps: a stack of limited depth with one time stamp.</summary>
internal sealed class ArrayStack
{
    private const long LowPressureMilliseconds = 60_000;
    private const long HighPressureMilliseconds = 10_000;
    private const long LargeArrayElements = 16_384;

    private readonly int _depth;
    private PooledArrayStack _arrays;
    private long _stamp;

    public ArrayStack(int depth) => _depth = depth;

    public IEnumerable<PooledArray> Arrays => _arrays.Arrays;

    public bool TryPush(PooledArray array)
    {
        if (_arrays.Count >= _depth)
            return false;
        if (_arrays.Count == 0)
            _stamp = 0;
        _arrays.Push(array);
        return true;
    }

    public PooledArray? TryPop() => _arrays.TryPop();

    /// <summary>Stamps the stack when it first sees it, and drops arrays from its top once the stamp is old.</summary>
    /// <param name="now">Clock in milliseconds; never 0, which stands for no stamp.</param>
    public void Trim(long now, MemoryPressure pressure, long elementBytes, Action<PooledArray> dropped)
    {
        if (_arrays.Count == 0)
            return;
        if (_stamp == 0)
        {
            _stamp = now;
            return;
        }

        long limit = pressure == MemoryPressure.High ? HighPressureMilliseconds : LowPressureMilliseconds;
        if (now - _stamp <= limit)
            return;

        for (int left = TrimCount(pressure, elementBytes); left > 0 && _arrays.Count > 0; left--)
            dropped(_arrays.TryPop()!);
        _stamp = _arrays.Count > 0 ? _stamp + (limit / 4) : 0;
    }

    private int TrimCount(MemoryPressure pressure, long elementBytes) => pressure switch
    {
        MemoryPressure.Low => 1,
        MemoryPressure.Medium => 2,
        _ => _depth + (_arrays.Top!.Elements > LargeArrayElements ? 1 : 0)
            + (elementBytes > 16 ? 1 : 0) + (elementBytes > 32 ? 1 : 0),
    };
}
