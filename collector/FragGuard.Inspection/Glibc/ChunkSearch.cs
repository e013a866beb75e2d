namespace FragGuard.Inspection.Glibc;

/// <summary>Looks for places in a region from which chunks lead on for a while, where nothing tells where one begins.</summary>
internal sealed class ChunkSearch(HeapMemory memory, HeapRegion region, ulong top)
{
    private const ulong PreviousInUse = 1;
    private const int MostLooks = 4096;
    private const int LeastChunks = 16;

    private int _looks;

    /// <summary>The first place; the region's end when there is none.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="alignment">Places are multiples of it.</param>
    /// <param name="mostBytes">Within so many bytes.</param>
    public ulong FirstFrom(ulong from, ulong alignment, ulong mostBytes)
    {
        for (ulong at = (from + alignment - 1) / alignment * alignment; at < region.End && at - from < mostBytes; at += alignment)
        {
            if (SizeAt(at) >= ChunkFormat.LeastBytes && _looks++ < MostLooks && LeadsOn(at))
                return at;
        }

        return region.End;
    }

    private bool LeadsOn(ulong at)
    {
        if ((memory.Word(at + 8) & PreviousInUse) == 0)
            return false;
        for (int i = 0; i < LeastChunks && at != top; i++)
        {
            ulong size = SizeAt(at);
            if (!ChunkFormat.IsSize(size, region.End - at))
                return false;
            at += size;
        }

        return true;
    }

    private ulong SizeAt(ulong at) => memory.Word(at + 8) & ~ChunkFormat.FlagBits;
}
