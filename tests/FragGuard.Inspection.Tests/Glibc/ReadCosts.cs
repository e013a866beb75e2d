using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

internal static class ReadCosts
{
    /// <summary>
    /// Reads that following lists may take however long they are: those before blocks are looked at, and of each block the chunks that are
    /// read by themselves, the one whose link lies in the next block, and the block. Four are for heads and ends.
    /// </summary>
    public static int MostOf(int blocks) => ChunkLinks.ReadsBeforeBlocks + (blocks * (ChunkLinks.ReadsOfABlock + 2)) + 4;
}
