using System;
using System.Collections.Generic;
using System.Numerics;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// Finds objects by address. The runtime lists them region by region, so a few runs are in order as they come: within a
/// run the address says the page, and a page holds a few objects.
/// </summary>
internal sealed class AddressIndex
{
    private const int ObjectsOfAPage = 8;

    // Shorter than any region: a run never jumps over a region whose objects are in another run.
    private const ulong LargestGap = 1 << 18;

    private readonly ChunkedList<HeapObject> _objects;
    private readonly AddressRun[] _runs;
    private readonly List<int> _pages = [];

    public AddressIndex(ChunkedList<HeapObject> objects)
    {
        _objects = objects;
        List<AddressRun> runs = [];
        for (int first = 0; first < objects.Count;)
        {
            int end = first + 1;
            while (end < objects.Count && Follows(objects[end - 1].Address, objects[end].Address))
                end++;
            runs.Add(AddRun(first, end));
            first = end;
        }

        _runs = [.. runs];
        Array.Sort(_runs, static (left, right) => left.Start.CompareTo(right.Start));
    }

    /// <summary>By address. Runs of a stream that lies may overlap.</summary>
    public IReadOnlyList<AddressRun> Runs => _runs;

    /// <summary>Number of the object at the address; −1 when there is none.</summary>
    public int Find(ulong address)
    {
        int run = RunOf(address);
        if (run < 0 || address > _runs[run].Last)
            return -1;

        AddressRun found = _runs[run];
        int page = found.FirstPage + (int)((address - found.Start) >> found.PageBits);
        int low = _pages[page];
        int high = _pages[page + 1] - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ulong there = _objects[middle].Address;
            if (there == address)
                return middle;
            if (there < address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private static bool Follows(ulong previous, ulong address) => address > previous && address - previous <= LargestGap;

    private int RunOf(ulong address)
    {
        int low = 0;
        int high = _runs.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_runs[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    /// <summary>The list of pages says of each page which object is the first at or after its start.</summary>
    private AddressRun AddRun(int first, int end)
    {
        ulong start = _objects[first].Address;
        ulong span = _objects[end - 1].Address - start;
        ulong pages = (ulong)((end - first) / ObjectsOfAPage) + 1;
        int pageBits = BitOperations.Log2((span / pages) + 1) + 1;
        AddressRun run = new(start, start + span, first, end - first, pageBits, _pages.Count);
        int next = first;
        for (ulong page = 0; page <= span >> pageBits; page++)
        {
            while (_objects[next].Address - start < page << pageBits)
                next++;
            _pages.Add(next);
        }

        _pages.Add(end);
        return run;
    }
}
