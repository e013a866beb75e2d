using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// One stored item: the chunk it lives in, its place in its queue and what decides when it goes. The fields in front are
/// those that most operations read.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
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

    /// <summary>The first chunk of a large item's value; 0 for an item that fits into one chunk.</summary>
    public int FirstPart;

    /// <summary>Bytes of the item as memcached counts them: header, key, flags, CAS id, value and line end.</summary>
    public int TotalBytes;

    /// <summary>The class whose queues the item is in.</summary>
    public byte Class;

    /// <summary>The class of the item's own chunk: another one than <see cref="Class"/> for large items.</summary>
    public byte ChunkClass;

    public ItemQueue Queue;

    public ItemMarks Marks;

    /// <summary>Second of the last access that counted.</summary>
    public int Time;

    /// <summary>Second from which the item is expired; 0 for never.</summary>
    public int ExpiresAt;

    /// <summary>Flushes seen before the item was stored.</summary>
    public int Flushes;

    /// <summary>Bytes of the value.</summary>
    public int ValueBytes;

    public int Site;
}
