using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>The entries of one cache while they are counted.</summary>
internal sealed class CacheTally(ObjectGraph graph)
{
    private const int SizeBuckets = 64;

    private readonly List<long> _valueBytes = [];
    private readonly List<int> _distinct = [];

    /// <summary>Null when it cannot be told.</summary>
    public long? Entries { get; set; } = 0;

    /// <summary>Whether values can be told from the rest of an entry.</summary>
    public bool HasValues { get; set; } = true;

    public long SharedValues { get; private set; }

    /// <summary>Adds the value of an entry: the objects that its holder refers to for the value, none for null.</summary>
    public void AddValue(int holder, ReadOnlySpan<int> value)
    {
        _distinct.Clear();
        long bytes = 0;
        foreach (int part in value)
        {
            if (_distinct.Contains(part))
                continue;
            if (!graph.IsHeldOnlyBy(part, holder))
            {
                AddSharedValue();
                return;
            }

            _distinct.Add(part);
            bytes += graph.RetainedBytes(part);
        }

        _valueBytes.Add(bytes);
    }

    /// <summary>Adds a value that something else keeps alive as well, be it another entry.</summary>
    public void AddSharedValue() => SharedValues++;

    /// <summary>Null when there is no value whose size is known.</summary>
    public SizeDistribution? Distribution()
    {
        if (!HasValues || _valueBytes.Count == 0)
            return null;

        Span<long> sizes = CollectionsMarshal.AsSpan(_valueBytes);
        sizes.Sort();
        long[] counts = new long[SizeBuckets];
        long[] bytes = new long[SizeBuckets];
        long total = 0;
        foreach (long size in sizes)
        {
            int bucket = size == 0 ? 0 : BitOperations.Log2((ulong)size) + 1;
            counts[bucket]++;
            bytes[bucket] += size;
            total += size;
        }

        List<SizeCount> buckets = [];
        for (int i = 0; i < SizeBuckets; i++)
        {
            if (counts[i] > 0)
                buckets.Add(new SizeCount(i == 0 ? 0 : 1L << (i - 1), counts[i], bytes[i]));
        }

        return new SizeDistribution(
            sizes.Length, total, sizes[0], At(sizes, 0.5), At(sizes, 0.9), At(sizes, 0.99), sizes[^1], buckets);
    }

    /// <summary>The smallest size that at least this share is not above.</summary>
    private static long At(ReadOnlySpan<long> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * share) - 1, 0, sorted.Length - 1)];
}
