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
    private readonly PooledArrays _arrays;
    private long _lastThread;
    private ThreadArrays? _ofLastThread;

    /// <param name="cores">Stacks per size.</param>
    /// <param name="depth">Arrays a stack keeps.</param>
    /// <param name="arrays">Makes the arrays.</param>
    public SharedArrayPool(int cores, int depth, PooledArrays? arrays = null)
    {
        _cores = cores;
        _depth = depth;
        _arrays = arrays ?? new PooledArrays();
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

    /// <param name="elements">Length asked for.</param>
    /// <param name="thread">Number of the thread that rents.</param>
    /// <param name="core">The core it runs on; the thread's number modulo the cores when null.</param>
    public PooledArray Rent(long elements, long thread, long? core = null)
    {
        int bucket = BucketOf(elements);
        if (elements == 0 || bucket >= Buckets)
            return _arrays.Make(-1, elements);
        return OwnArrays(thread)?.Take(bucket)
            ?? Pop(bucket, StackOf(core ?? thread))
            ?? _arrays.Make(bucket, ElementsOf(bucket));
    }

    public void Return(PooledArray array, long thread, long? core = null)
    {
        if (array.Bucket < 0)
        {
            Dropped(array);
            return;
        }

        ThreadArrays? own = OwnArrays(thread);
        if (own is null)
            _threads.Add(thread, _ofLastThread = own = new ThreadArrays());
        if (own.Keep(array) is { } displaced && !TryPush(displaced, StackOf(core ?? thread)))
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

    private ThreadArrays? OwnArrays(long thread)
    {
        if (_ofLastThread is not null && _lastThread == thread)
            return _ofLastThread;
        _threads.TryGetValue(thread, out _ofLastThread);
        _lastThread = thread;
        return _ofLastThread;
    }

    private PooledArray? Pop(int bucket, int first)
    {
        if (_stacks[bucket] is not { } stacks)
            return null;
        for (int i = 0; i < stacks.Length; i++)
        {
            if (stacks[(first + i) % stacks.Length].TryPop() is { } array)
                return array;
        }

        return null;
    }

    private bool TryPush(PooledArray array, int first)
    {
        ArrayStack[] stacks = _stacks[array.Bucket] ??= [.. Enumerable.Range(0, _cores).Select(_ => new ArrayStack(_depth))];
        for (int i = 0; i < stacks.Length; i++)
        {
            if (stacks[(first + i) % stacks.Length].TryPush(array))
                return true;
        }

        return false;
    }

    private int StackOf(long core) => (int)(((core % _cores) + _cores) % _cores);
}
