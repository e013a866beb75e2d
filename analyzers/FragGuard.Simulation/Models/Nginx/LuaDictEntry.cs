namespace FragGuard.Simulation.Models.Nginx;

/// <summary>One entry of a shared dictionary.</summary>
internal struct LuaDictEntry
{
    /// <summary>Offset of the entry's block in the zone; of a list, that of its header.</summary>
    public long OffsetBytes;

    /// <summary>Requested size of that block.</summary>
    public long BlockBytes;

    /// <summary>Clock at which the entry expires, in milliseconds; 0 for never.</summary>
    public long ExpiresAt;

    /// <summary>Bytes of the value; 0 for a list.</summary>
    public uint ValueBytes;

    public int Site;

    public bool IsList;

    /// <summary>The elements, when it is a list.</summary>
    public ElementList Elements;
}
