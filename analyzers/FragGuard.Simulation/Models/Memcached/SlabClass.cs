namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// One slab class: its pages and its free chunks. A chunk is named by its page's number, shifted by
/// <see cref="SlabPages.ChunkBits"/>, plus its index in the page.
/// </summary>
internal struct SlabClass
{
    public int ChunkBytes;

    public int ChunksPerPage;

    /// <summary>The free chunks, the one freed last at the end: it is handed out first.</summary>
    public int[] Free;

    public int FreeCount;

    /// <summary>The pages, the one received first at the front: the page mover takes it.</summary>
    public int[] Pages;

    public int PageCount;
}
