using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Finds the heap of an address among those of all arenas. The heaps are cut into blocks from their first page on, and the blocks into units
/// in which a chunk can begin; both are numbered through, one heap behind the other.
/// </summary>
internal sealed class HeapIndex
{
    /// <summary>Bytes of a block; the last one of a heap may have fewer.</summary>
    public const int BlockBytes = HeapMemory.WindowBytes;

    /// <summary>Chunks begin at multiples of it.</summary>
    public const int UnitBytes = 16;

    public const int UnitsOfABlock = BlockBytes / UnitBytes;

    private readonly HeapInMemory[] _heaps;
    private readonly ulong[] _firstUnits;
    private readonly SortedStarts _byAddress;
    private readonly SortedStarts _byUnit;

    public HeapIndex(IEnumerable<HeapInMemory> heaps)
    {
        _heaps = [.. heaps.OrderBy(heap => heap.Region.Start)];
        _firstUnits = new ulong[_heaps.Length];
        for (int i = 0; i < _heaps.Length; i++)
        {
            _firstUnits[i] = (ulong)Blocks * UnitsOfABlock;
            Blocks += (int)((_heaps[i].Region.End - _heaps[i].Memory.Start + BlockBytes - 1) / BlockBytes);
        }

        _byAddress = new SortedStarts([.. _heaps.Select(heap => heap.Region.Start)]);
        _byUnit = new SortedStarts(_firstUnits);
    }

    /// <summary>Of all heaps together.</summary>
    public int Blocks { get; }

    /// <summary>Whether a chunk of that size can begin there.</summary>
    public bool Holds(ulong chunk, ulong bytes)
    {
        int heap = _byAddress.IndexOf(chunk);
        return heap >= 0 && _heaps[heap].Region.Contains(chunk) && bytes <= _heaps[heap].Region.End - chunk;
    }

    /// <summary>Number of the unit that an address is in; null when it is in no heap.</summary>
    public ulong? UnitOf(ulong address)
    {
        int heap = _byAddress.IndexOf(address);
        if (heap < 0 || !_heaps[heap].Region.Contains(address))
            return null;
        return _firstUnits[heap] + ((address - _heaps[heap].Memory.Start) / UnitBytes);
    }

    /// <summary>Where a unit begins.</summary>
    public ulong AddressOf(ulong unit)
    {
        int heap = _byUnit.IndexOf(unit);
        return _heaps[heap].Memory.Start + ((unit - _firstUnits[heap]) * UnitBytes);
    }

    /// <summary>The heap that a unit is in.</summary>
    public HeapMemory MemoryOf(ulong unit) => _heaps[_byUnit.IndexOf(unit)].Memory;
}
