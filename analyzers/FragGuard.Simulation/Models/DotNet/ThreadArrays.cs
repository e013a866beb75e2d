using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>The arrays one thread keeps for itself: one per size, each with the time a trim first saw it.</summary>
internal sealed class ThreadArrays
{
    private const long LowPressureMilliseconds = 30_000;
    private const long MediumPressureMilliseconds = 15_000;

    private readonly PooledArray?[] _arrays = new PooledArray?[SharedArrayPool.Buckets];
    private readonly long[] _stamps = new long[SharedArrayPool.Buckets];

    public IEnumerable<PooledArray?> Arrays => _arrays;

    public PooledArray? Take(int bucket)
    {
        PooledArray? array = _arrays[bucket];
        _arrays[bucket] = null;
        return array;
    }

    /// <summary>Keeps an array; returns the one it displaces.</summary>
    public PooledArray? Keep(PooledArray array)
    {
        PooledArray? displaced = _arrays[array.Bucket];
        _arrays[array.Bucket] = array;
        _stamps[array.Bucket] = 0;
        return displaced;
    }

    /// <param name="now">Clock in milliseconds; never 0, which stands for no stamp.</param>
    public void Trim(long now, MemoryPressure pressure, Action<PooledArray> dropped)
    {
        long limit = pressure == MemoryPressure.Medium ? MediumPressureMilliseconds : LowPressureMilliseconds;
        for (int bucket = 0; bucket < _arrays.Length; bucket++)
        {
            if (_arrays[bucket] is not { } array)
                continue;
            if (pressure != MemoryPressure.High && _stamps[bucket] == 0)
            {
                _stamps[bucket] = now;
            }
            else if (pressure == MemoryPressure.High || now - _stamps[bucket] >= limit)
            {
                _arrays[bucket] = null;
                dropped(array);
            }
        }
    }
}
