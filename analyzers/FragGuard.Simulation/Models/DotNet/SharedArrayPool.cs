using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The mechanism of <c>ArrayPool&lt;T&gt;.Shared</c>: 27 sizes, 16 to 2^30 elements, each a power of two. A rent asks the
/// thread's own array, then the stacks of the cores from the current one on, then makes an array. A return keeps the
/// array with the thread and pushes the displaced one; when all stacks are full that one is dropped.
/// </summary>
internal sealed class SharedArrayPool
{
    public const int Buckets = 27;

    private const int SmallestElements = 16;

    private readonly int _cores;
    private readonly int _depth;
    private readonly SortedDictionary<long, ThreadArrays> _threads = new();
    private readonly ArrayStack[]?[] _stacks = new ArrayStack[]?[Buckets];
    private long _created;

    public SharedArrayPool(int cores, int depth)
    {
        _cores = cores;
        _depth = depth;
    }

    /// <summary>Called with every array the pool lets go.</summary>
    public Action<PooledArray> Dropped { get; set; } = _ => { };

    /// <summary>Index of the size that serves a length; at least <see cref="Buckets"/> when none does.</summary>
    public static int BucketOf(long elements)
    {
        int bucket = 0;
        for (long largest = SmallestElements; largest < elements && bucket < Buckets; largest <<= 1)
            bucket++;
        return bucket;
    }

    public static long ElementsOf(int bucket) => (long)SmallestElements << bucket;

    public PooledArray Rent(long elements, long thread)
    {
        int bucket = BucketOf(elements);
        if (elements == 0 || bucket >= Buckets)
            return new PooledArray(-1, elements, _created++);
        if (_threads.TryGetValue(thread, out ThreadArrays? own) && own.Take(bucket) is { } kept)
            return kept;
        return Pop(bucket, thread) ?? new PooledArray(bucket, ElementsOf(bucket), _created++);
    }

    public void Return(PooledArray array, long thread)
    {
        if (array.Bucket < 0)
        {
            Dropped(array);
            return;
        }

        if (!_threads.TryGetValue(thread, out ThreadArrays? own))
            _threads.Add(thread, own = new ThreadArrays());
        if (own.Keep(array) is { } displaced && !TryPush(displaced, thread))
            Dropped(displaced);
    }

    /// <summary>What one GC of generation 2 does to the pool.</summary>
    /// <param name="now">Clock in milliseconds; never 0.</param>
    public void Trim(long now, MemoryPressure pressure, long elementBytes)
    {
        foreach (ArrayStack stack in _stacks.Where(stacks => stacks is not null).SelectMany(stacks => stacks!))
            stack.Trim(now, pressure, elementBytes, Dropped);
        foreach (ThreadArrays own in _threads.Values)
            own.Trim(now, pressure, Dropped);
    }

    /// <summary>Every idle array.</summary>
    public IEnumerable<PooledArray> Idle() =>
        _stacks.Where(stacks => stacks is not null).SelectMany(stacks => stacks!).SelectMany(stack => stack.Arrays)
            .Concat(_threads.Values.SelectMany(own => own.Arrays).OfType<PooledArray>());

    private PooledArray? Pop(int bucket, long thread)
    {
        if (_stacks[bucket] is not { } stacks)
            return null;
        for (int i = 0; i < _cores; i++)
        {
            if (stacks[(CoreOf(thread) + i) % _cores].TryPop() is { } array)
                return array;
        }

        return null;
    }

    private bool TryPush(PooledArray array, long thread)
    {
        ArrayStack[] stacks = _stacks[array.Bucket] ??= [.. Enumerable.Range(0, _cores).Select(_ => new ArrayStack(_depth))];
        for (int i = 0; i < _cores; i++)
        {
            if (stacks[(CoreOf(thread) + i) % _cores].TryPush(array))
                return true;
        }

        return false;
    }

    private int CoreOf(long thread) => (int)(((thread % _cores) + _cores) % _cores);
}
