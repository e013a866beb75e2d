namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>A run of mappings that the heap cuts into chunks.</summary>
internal sealed class LuaJitSegment
{
    public LuaJitSegment(long start, long bytes, LuaJitSegment? older) => Renew(start, bytes, older);

    public long Start { get; set; }

    public long Bytes { get; set; }

    public long End => Start + Bytes;

    /// <summary>The chunk at its start.</summary>
    public int First { get; set; }

    /// <summary>Bytes at its end that are no chunk.</summary>
    public long FootBytes { get; set; }

    /// <summary>The segment added before it, of those that are left.</summary>
    public LuaJitSegment? Older { get; set; }

    /// <summary>Makes it another segment, of no chunks yet.</summary>
    public void Renew(long start, long bytes, LuaJitSegment? older)
    {
        Start = start;
        Bytes = bytes;
        First = 0;
        FootBytes = LuaJitRules.FootBytes;
        Older = older;
    }
}
