using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

/// <summary>A pool and what was done to it.</summary>
internal abstract class CountedPool
{
    /// <summary>Rents an array of one of the pool's lengths; the answer gives it back.</summary>
    public abstract Action Rent(Random random);

    /// <summary>For each length: pool, length, rents, returns, arrays made, arrays the pool holds.</summary>
    public abstract void Print();
}

/// <inheritdoc/>
internal sealed class CountedPool<T>(ArrayPool<T> pool, params int[] lengths) : CountedPool
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private readonly Dictionary<int, Counts> _counts = [];

    public override Action Rent(Random random)
    {
        T[] array = pool.Rent(lengths[random.Next(lengths.Length)]);
        Counts counts = Of(array.Length);
        Interlocked.Increment(ref counts.Rented);
        lock (counts.Made)
        {
            if (counts.Made.TryAdd(array, counts))
                counts.NewArrays++;
        }

        return () =>
        {
            Interlocked.Increment(ref counts.Returned);
            pool.Return(array);
        };
    }

    public override void Print()
    {
        Dictionary<int, int> held = [];
        Count(Field(pool, "_buckets"), held);
        if (pool.GetType().GetField("_allTlsBuckets", Private)?.GetValue(pool) is IEnumerable threads)
        {
            foreach (object pair in threads)
                Count(pair.GetType().GetProperty("Key")!.GetValue(pair), held);
        }

        foreach ((int length, Counts counts) in _counts)
        {
            Truth.Say(
                "use", pool.GetHashCode(), length, counts.Rented, counts.Returned, counts.NewArrays,
                held.GetValueOrDefault(length));
        }
    }

    private static object? Field(object owner, string name) => owner.GetType().GetField(name, Private)?.GetValue(owner);

    private Counts Of(int length)
    {
        lock (_counts)
        {
            if (!_counts.TryGetValue(length, out Counts? counts))
                _counts[length] = counts = new Counts();
            return counts;
        }
    }

    // Buckets, partitions and slots of threads: whatever way they nest, the arrays are at the leaves.
    private static void Count(object? node, Dictionary<int, int> held)
    {
        switch (node)
        {
            case T[] array:
                held[array.Length] = held.GetValueOrDefault(array.Length) + 1;
                break;
            case IEnumerable children:
                foreach (object? child in children)
                    Count(child, held);
                break;
            case not null:
                foreach (string name in (string[])["_partitions", "_arrays", "_buffers", "Array"])
                    Count(Field(node, name), held);
                break;
        }
    }

    private sealed class Counts
    {
        public int Rented;
        public int Returned;
        public int NewArrays;
        public ConditionalWeakTable<T[], object> Made { get; } = [];
    }
}
