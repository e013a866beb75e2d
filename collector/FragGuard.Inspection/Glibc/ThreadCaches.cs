using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Finds the caches of threads among the used chunks, by size and content: wherever a bin has blocks, its list must have as
/// many chunks as it says, each of the bin's size.
/// </summary>
internal sealed class ThreadCaches : IUsedChunks
{
    private const int MostCandidates = 262_144;
    private const int MostOfOneBin = 65_535;

    private static readonly ulong LeastOfAll = ThreadCacheLayout.All.Min(layout => layout.ChunkBytes);
    private static readonly ulong MostOfAll = ThreadCacheLayout.All.Max(layout => layout.ChunkBytes) + 16;

    private static readonly int MostRecordBytes = ThreadCacheLayout.All.Max(layout => layout.Bytes);

    private readonly List<(ulong Chunk, ThreadCacheLayout Layout)> _candidates = [];

    public ulong LeastBytes => LeastOfAll;

    public ulong MostBytes => MostOfAll;

    /// <summary>Caches that hold at least one block.</summary>
    public int Filled { get; private set; }

    /// <summary>Null when no cache holds anything.</summary>
    public ThreadCacheLayout? Layout { get; private set; }

    /// <summary>Takes what was met behind all that was met here.</summary>
    public void Append(ThreadCaches later) =>
        _candidates.AddRange(later._candidates.Take(MostCandidates - _candidates.Count));

    public void Meet(ulong chunk, ulong size, HeapMemory memory)
    {
        for (int i = 0; i < ThreadCacheLayout.All.Count; i++)
        {
            ThreadCacheLayout layout = ThreadCacheLayout.All[i];
            // The chunk may be 16 bytes larger where the rest would have made no chunk of its own.
            if ((size == layout.ChunkBytes || size == layout.ChunkBytes + 16) && _candidates.Count < MostCandidates
                && MayBe(chunk + 16, layout, memory))
            {
                _candidates.Add((chunk, layout));
            }
        }
    }

    /// <summary>Adds the chunks in all caches that are found.</summary>
    /// <param name="memory">Where they are.</param>
    /// <param name="lists">Follows the lists.</param>
    public void Follow(IMemorySource memory, CachedLists lists)
    {
        Span<byte> record = stackalloc byte[MostRecordBytes];
        foreach ((ulong chunk, ThreadCacheLayout layout) in _candidates)
        {
            int before = lists.Chunks.Count;
            lists.ForgetLinks();
            if (!memory.TryReadAll(chunk + 16, record[..layout.Bytes]) || !IsCache(record, layout, lists))
                lists.Chunks.Shorten(before);
            if (lists.Chunks.Count == before)
                continue;
            Filled++;
            Layout = layout;
        }
    }

    /// <summary>Adds the chunks in it up to what tells that it is none.</summary>
    private static bool IsCache(ReadOnlySpan<byte> record, ThreadCacheLayout layout, CachedLists lists)
    {
        for (int bin = 0; bin < layout.Bins; bin++)
        {
            int number = layout.NumberBytes == 1 ? record[bin] : BinaryPrimitives.ReadUInt16LittleEndian(record[(bin * 2)..]);
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(record[(layout.EntriesAt + (bin * 8))..]);
            int? count = lists.Follow(first, CachedListForm.OfThreadCache(bin, layout.CountsRoom ? MostOfOneBin : number));
            if (count is null || (!layout.CountsRoom && count != number))
                return false;
        }

        return true;
    }

    /// <summary>A look at the first bins only, so that a heap of many chunks of this size costs little.</summary>
    private static bool MayBe(ulong record, ThreadCacheLayout layout, HeapMemory memory)
    {
        for (int bin = 0; bin < layout.Bins; bin++)
        {
            ulong first = memory.Word(record + (ulong)(layout.EntriesAt + (bin * 8)));
            if (first != 0 && (!MallocState.IsAddress(first) || first % 16 != 0))
                return false;
        }

        return true;
    }
}
