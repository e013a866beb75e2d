namespace FragGuard.Simulation.Models.DotNet;

/// <summary>One array, or one object, that a pool handed out or keeps.</summary>
internal sealed class PooledArray
{
    /// <summary>Offset of an array that has no place yet, or takes none.</summary>
    public const long NotPlaced = -1;

    /// <summary>Index of its size; −1 for one that is not pooled: too large, or empty.</summary>
    public int Bucket { get; set; }

    /// <summary>Its length.</summary>
    public long Elements { get; set; }

    /// <summary>0-based number of the array among all that were ever made.</summary>
    public long Number { get; set; }

    /// <summary>Its virtual place in bytes, or <see cref="NotPlaced"/>.</summary>
    public long Offset { get; set; }

    /// <summary>The array that follows in the list this one is in.</summary>
    public PooledArray? Next { get; set; }
}
