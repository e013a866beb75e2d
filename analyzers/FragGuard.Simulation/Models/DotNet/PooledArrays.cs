namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Makes arrays and numbers them; those that were dropped are made into new ones.</summary>
internal sealed class PooledArrays
{
    private PooledArrayStack _dropped;

    /// <summary>Arrays made so far.</summary>
    public long Made { get; private set; }

    /// <param name="bucket">Index of its size; −1 for one that is not pooled.</param>
    /// <param name="elements">Its length.</param>
    public PooledArray Make(int bucket, long elements)
    {
        PooledArray array = _dropped.TryPop() ?? new PooledArray();
        array.Bucket = bucket;
        array.Elements = elements;
        array.Number = Made++;
        array.Offset = PooledArray.NotPlaced;
        return array;
    }

    /// <summary>Takes an array that nobody refers to any more.</summary>
    public void Recycle(PooledArray array) => _dropped.Push(array);
}
