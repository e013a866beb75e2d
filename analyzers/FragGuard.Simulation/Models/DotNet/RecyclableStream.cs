namespace FragGuard.Simulation.Models.DotNet;

/// <summary>What one stream holds.</summary>
internal struct RecyclableStream
{
    /// <summary>Its blocks in order, linked through themselves.</summary>
    public PooledArray? FirstBlock;

    public PooledArray? LastBlock;

    public int Blocks;

    /// <summary>The one array its bytes are in; null while they are in blocks.</summary>
    public PooledArray? Large;

    /// <summary>Large arrays it has outgrown and keeps, oldest first, linked through themselves.</summary>
    public PooledArray? FirstOutgrown;

    public PooledArray? LastOutgrown;

    /// <summary>Bytes of everything it holds.</summary>
    public long GrantedBytes;

    /// <summary>Its length.</summary>
    public long Bytes;

    /// <summary>The site that made it.</summary>
    public int Site;

    /// <summary>Whether it was refused and holds nothing.</summary>
    public bool IsRefused;

    /// <summary>The array that holds its first byte.</summary>
    public readonly PooledArray? Start => Large ?? FirstBlock;

    public void Add(PooledArray block)
    {
        block.Next = null;
        if (LastBlock is null)
            FirstBlock = block;
        else
            LastBlock.Next = block;
        LastBlock = block;
        Blocks++;
        GrantedBytes += block.Elements;
    }

    public void Outgrow(PooledArray large)
    {
        large.Next = null;
        if (LastOutgrown is null)
            FirstOutgrown = large;
        else
            LastOutgrown.Next = large;
        LastOutgrown = large;
    }
}
