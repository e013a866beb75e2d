using System.Collections.Generic;
using FragGuard.Simulation.Models.Glibc;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>What driver.c wrote down, to be read in order.</summary>
internal sealed class GlibcResults(ulong[] values)
{
    public const ulong NoMemory = ulong.MaxValue;
    public const ulong Mapped = 1UL << 63;
    public const ulong InHeap = 1UL << 62;

    private int _next = 3 + (int)values[2];

    /// <summary>The y of glibc 2.y.</summary>
    public int Minor => (int)values[0];

    /// <summary>Cores of the machine.</summary>
    public int Cores => (int)values[1];

    /// <summary>Bytes in use in the main arena after each thread was started, before the first operation.</summary>
    public IEnumerable<long> BytesAfterThreads
    {
        get
        {
            for (ulong i = 0; i < values[2]; i++)
                yield return (long)values[3 + i];
        }
    }

    public ulong Next() => values[_next++];

    /// <summary>The fields of mallinfo2 in their order; usmblks, which is always 0, is left out.</summary>
    public MallocInfo NextInfo()
    {
        MallocInfo info = new(
            Field(0), Field(1), Field(2), Field(3), Field(4), Field(6), Field(7), Field(8), Field(9));
        _next += 10;
        return info;
    }

    private long Field(int field) => (long)values[_next + field];
}
