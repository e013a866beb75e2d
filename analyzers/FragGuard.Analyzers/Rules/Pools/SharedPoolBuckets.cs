namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// The sizes of <c>ArrayPool&lt;T&gt;.Shared</c> since .NET 6: powers of two from 16 to 2^30 elements, nothing for an empty
/// request, the exact length beyond. Source: SharedArrayPool.cs and Utilities.SelectBucketIndex of the runtime.
/// </summary>
internal static class SharedPoolBuckets
{
    /// <summary>Elements of the longest array that any pool of the runtime keeps.</summary>
    public const int LargestBucket = 1 << 30;

    private const int SmallestBucket = 16; // elements

    public static int ArrayLength(int requestedLength)
    {
        if (requestedLength is <= 0 or > LargestBucket)
            return requestedLength;

        int bucket = SmallestBucket;
        while (bucket < requestedLength)
            bucket <<= 1;
        return bucket;
    }
}
