namespace FragGuard.Simulation.Models.DotNet;

/// <summary>One array that the pool handed out or keeps.</summary>
internal sealed class PooledArray
{
    /// <param name="bucket">Index of its size; −1 for one that is not pooled: too large, or empty.</param>
    /// <param name="elements">Its length.</param>
    /// <param name="number">0-based number of the array among all that were ever created.</param>
    public PooledArray(int bucket, long elements, long number)
    {
        Bucket = bucket;
        Elements = elements;
        Number = number;
    }

    public int Bucket { get; }

    public long Elements { get; }

    public long Number { get; }
}
