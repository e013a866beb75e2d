using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// One stored item: its key, the chunk it lives in and its place in its queue. It is half a cache line, for the time of an
/// operation is that of the items it touches; what few operations read is kept elsewhere.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct Item
{
    public long Key;

    /// <summary>The item linked after this one in its queue; 0 for none.</summary>
    public int Newer;

    /// <summary>The item linked before this one in its queue; 0 for none.</summary>
    public int Older;

    /// <summary>The next item whose key hashes alike; 0 for none.</summary>
    public int NextInChain;

    /// <summary>The chunk that holds the item, or the header of a large one.</summary>
    public int Chunk;

    /// <summary>Bytes of the item as memcached counts them: header, key, flags, CAS id, value and line end.</summary>
    public int TotalBytes;

    /// <summary>The class whose queues the item is in.</summary>
    public byte Class;

    /// <summary>The class of the item's own chunk: another one than <see cref="Class"/> for large items.</summary>
    public byte ChunkClass;

    public ItemQueue Queue;

    public ItemMarks Marks;
}
