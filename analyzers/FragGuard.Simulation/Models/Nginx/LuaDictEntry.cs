namespace FragGuard.Simulation.Models.Nginx;

/// <summary>One entry of a shared dictionary, linked to its neighbours in order of use.</summary>
internal struct LuaDictEntry
{
    public long Key;

    /// <summary>Offset of the entry's block in the zone.</summary>
    public long OffsetBytes;

    /// <summary>Requested size of the block: node, key and value.</summary>
    public long BlockBytes;

    public long ValueBytes;

    /// <summary>Clock at which the entry expires, in milliseconds; 0 for never.</summary>
    public long ExpiresAt;

    /// <summary>Index of the entry used next after this one.</summary>
    public int Newer;

    /// <summary>Index of the entry used last before this one.</summary>
    public int Older;

    public int Site;
}
