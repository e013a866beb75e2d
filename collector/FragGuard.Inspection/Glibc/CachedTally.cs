namespace FragGuard.Inspection.Glibc;

/// <summary>Counts cached chunks of one heap.</summary>
internal struct CachedTally
{
    public long FastBinChunks { get; private set; }

    public long FastBinBytes { get; private set; }

    public long ThreadCacheChunks { get; private set; }

    public long ThreadCacheBytes { get; private set; }

    public readonly long Chunks => FastBinChunks + ThreadCacheChunks;

    public readonly long Bytes => FastBinBytes + ThreadCacheBytes;

    public void Add(CachedChunk chunk)
    {
        if (chunk.Use == ChunkUse.FastBin)
        {
            FastBinChunks++;
            FastBinBytes += (long)chunk.Bytes;
        }
        else
        {
            ThreadCacheChunks++;
            ThreadCacheBytes += (long)chunk.Bytes;
        }
    }
}
