namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// The free chunks of a heap: those in bins, the designated victim (the rest of the last small split) and top (the
/// end of the newest segment). The last two are in no bin.
/// </summary>
internal sealed class LuaJitFreeChunks
{
    public LuaJitFreeChunks(LuaJitChunks chunks)
    {
        Chunks = chunks;
        Small = new LuaJitSmallBins(chunks);
        Trees = new LuaJitTreeBins(chunks);
    }

    public LuaJitChunks Chunks { get; }

    public LuaJitSmallBins Small { get; }

    public LuaJitTreeBins Trees { get; }

    /// <summary>The designated victim; 0 when there is none.</summary>
    public int Victim { get; set; }

    public int Top { get; set; }

    public long VictimBytes => Chunks[Victim].Bytes;

    public long TopBytes => Chunks[Top].Bytes;

    public void Insert(int chunk)
    {
        Chunks[chunk].IsFree = true;
        if (LuaJitSmallBins.Holds(Chunks[chunk].Bytes))
            Small.Insert(chunk);
        else
            Trees.Insert(chunk);
    }

    public void Unlink(int chunk)
    {
        if (LuaJitSmallBins.Holds(Chunks[chunk].Bytes))
            Small.Unlink(chunk);
        else
            Trees.Unlink(chunk);
    }

    /// <summary>Bins the victim there was, which must be small, and takes another.</summary>
    public void ReplaceVictim(int chunk)
    {
        if (Victim != 0)
            Small.Insert(Victim);
        Chunks[chunk].IsFree = true;
        Victim = chunk;
    }
}
