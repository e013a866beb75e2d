using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What an arena holds, chunk by chunk.</summary>
internal sealed partial class Arena
{
    /// <summary>Bytes of the top, which only the main arena reports.</summary>
    public long KeepCostBytes => TopBytes;

    /// <summary>Number and bytes of the chunks in bins, the top included.</summary>
    public (long Count, long Bytes) Bins()
    {
        long count = 1;
        long words = _top == 0 ? 0 : WordsOf(_top);
        for (int head = Unsorted; head < ChunkSizes.Bins * 2; head += 2)
        {
            for (int chunk = _words[head + Back]; chunk != head; chunk = _words[chunk + Back])
            {
                count++;
                words += WordsOf(chunk);
            }
        }

        return (count, words << ChunkSizes.WordShift);
    }

    /// <summary>Number and bytes of the chunks in fastbins.</summary>
    public (long Count, long Bytes) Fast()
    {
        long count = 0;
        long words = 0;
        foreach (int head in _fastBins)
        {
            for (int chunk = head; chunk != 0; chunk = _words[chunk + Forward])
            {
                count++;
                words += WordsOf(chunk);
            }
        }

        return (count, words << ChunkSizes.WordShift);
    }

    /// <summary>All chunks of a heap in address order, the top last: address of the program's bytes, and bytes.</summary>
    public IEnumerable<(long Address, long Bytes)> Chunks(int heap)
    {
        if (_top == 0)
            yield break;
        int chunk = IsMain ? FirstWord : FirstChunkOf(heap);
        bool isLast = IsMain || heap == Heaps - 1;
        int end = isLast
            ? _top + WordsOf(_top)
            : StartOfHeap(heap) + (int)(_heapBytes[heap] >> ChunkSizes.WordShift) - _fenceWords[heap];
        while (chunk < end)
        {
            int words = WordsOf(chunk);
            yield return (AddressOf(chunk), (long)words << ChunkSizes.WordShift);
            chunk += words;
        }
    }
}
