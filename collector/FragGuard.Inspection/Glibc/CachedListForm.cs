namespace FragGuard.Inspection.Glibc;

/// <summary>What the chunks of a list of freed ones are like; where one is not, it is no such list.</summary>
/// <param name="Use">What they are.</param>
/// <param name="IsOfBlocks">Links lead to the program's bytes, 16 behind the chunk.</param>
/// <param name="LeastBytes">Least size of a chunk, header included.</param>
/// <param name="MostBytes">Largest size of a chunk.</param>
/// <param name="MostChunks">As many as the list can have.</param>
internal readonly record struct CachedListForm(ChunkUse Use, bool IsOfBlocks, ulong LeastBytes, ulong MostBytes, int MostChunks)
{
    /// <summary>Of one of an arena's fastbins.</summary>
    public static CachedListForm OfFastBin(int bin)
    {
        ulong bytes = ChunkFormat.LeastBytes + (ChunkFormat.Alignment * (ulong)bin);
        return new CachedListForm(ChunkUse.FastBin, IsOfBlocks: false, bytes, bytes, CachedLists.Most);
    }

    /// <summary>Of one bin of a thread's cache: after those of one size each there may be some for all that is larger.</summary>
    public static CachedListForm OfThreadCache(int bin, int mostChunks)
    {
        bool isSmall = bin < ThreadCacheLayout.SmallBins;
        ulong least = ChunkFormat.LeastBytes + (ChunkFormat.Alignment * (ulong)bin);
        return isSmall
            ? new CachedListForm(ChunkUse.ThreadCache, IsOfBlocks: true, least, least, mostChunks)
            : new CachedListForm(
                ChunkUse.ThreadCache, IsOfBlocks: true, ChunkFormat.LeastBytes + (ChunkFormat.Alignment * ThreadCacheLayout.SmallBins), CachedChunk.MostBytes, mostChunks);
    }

    public bool Takes(ulong bytes) => bytes >= LeastBytes && bytes <= MostBytes;
}
