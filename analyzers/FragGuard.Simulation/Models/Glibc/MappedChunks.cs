using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// Chunks that are mappings of their own. Where the kernel puts them is not modelled: each gets a place of 64 TiB, so an
/// address says which mapping it is in and how far from its start. A resize that moves a mapping keeps its place.
/// </summary>
internal sealed class MappedChunks
{
    /// <summary>Where the places begin.</summary>
    public const long BaseAddress = 1L << 62;

    /// <summary>Most mappings at once: those that Linux grants a process by default.</summary>
    public const int MaxCount = 65_530;

    private const int PlaceShift = 46;
    private const long PlaceBytes = 1L << PlaceShift;
    private const long PageBytes = ResidentPages.PageBytes;

    private Mapping[] _mappings = new Mapping[4];
    private int[] _freePlaces = new int[4];
    private int _freeCount;
    private int _places;

    /// <summary>Number of mappings: hblks.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all mappings: hblkhd.</summary>
    public long Bytes { get; private set; }

    public long ResidentPageCount { get; private set; }

    /// <summary>Start and length of each mapping, in the order of their places.</summary>
    public IEnumerable<(long Start, long Bytes)> All
    {
        get
        {
            for (int place = 0; place < _places; place++)
            {
                if (_mappings[place].Bytes > 0)
                    yield return (StartOf(place), _mappings[place].Bytes);
            }
        }
    }

    public static bool Holds(long address) => address >= BaseAddress;

    /// <summary>Maps whole pages for a chunk.</summary>
    /// <param name="chunkBytes">Bytes of the chunk that no free one could serve.</param>
    /// <returns>Address of the program's bytes, or −1 when the kernel would refuse.</returns>
    public long Map(long chunkBytes)
    {
        if (chunkBytes > PlaceBytes - PageBytes || Count >= MaxCount)
            return -1;
        long bytes = ChunkSizes.AlignUp(chunkBytes + ChunkSizes.WordBytes, PageBytes);
        int place = _freeCount > 0 ? _freePlaces[--_freeCount] : _places++;
        if (place >= _mappings.Length)
        {
            Array.Resize(ref _mappings, place * 2);
            Array.Resize(ref _freePlaces, place * 2);
        }

        _mappings[place] = new Mapping { Bytes = bytes, ResidentPages = 1 };
        Count++;
        Bytes += bytes;
        ResidentPageCount++;
        return StartOf(place) + ChunkSizes.HeaderBytes;
    }

    /// <summary>Bytes of the whole mapping.</summary>
    public long BytesOf(long address) => _mappings[PlaceOf(address)].Bytes;

    /// <summary>Bytes the program asked for and wrote.</summary>
    public long RequestedBytesOf(long address) => _mappings[PlaceOf(address)].RequestedBytes;

    /// <summary>Bytes of the chunk: of the mapping less what lies before the chunk for the sake of its alignment.</summary>
    public long ChunkBytesOf(long address) =>
        BytesOf(address) - (address - ChunkSizes.HeaderBytes - StartOf(PlaceOf(address)));

    public void Unmap(long address)
    {
        int place = PlaceOf(address);
        Count--;
        Bytes -= _mappings[place].Bytes;
        ResidentPageCount -= _mappings[place].ResidentPages;
        _mappings[place] = default;
        _freePlaces[_freeCount++] = place;
    }

    /// <summary>Gives the chunk another size by moving or cutting its pages.</summary>
    /// <returns>False when the kernel would refuse; nothing is changed then.</returns>
    public bool Remap(long address, long chunkBytes)
    {
        int place = PlaceOf(address);
        long before = address - ChunkSizes.HeaderBytes - StartOf(place);
        if (chunkBytes > PlaceBytes - PageBytes - before)
            return false;
        long bytes = ChunkSizes.AlignUp(chunkBytes + before + ChunkSizes.WordBytes, PageBytes);
        ref Mapping mapping = ref _mappings[place];
        Bytes += bytes - mapping.Bytes;
        mapping.Bytes = bytes;
        long lost = Math.Max(0, mapping.ResidentPages - (bytes / PageBytes));
        mapping.ResidentPages -= lost;
        ResidentPageCount -= lost;
        return true;
    }

    /// <summary>The program asked for <paramref name="bytes"/> bytes and writes them, at least one.</summary>
    public void Touch(long address, long bytes)
    {
        int place = PlaceOf(address);
        long first = (address - ChunkSizes.HeaderBytes - StartOf(place)) / PageBytes;
        long end = (address - StartOf(place) + Math.Max(1, bytes) + PageBytes - 1) / PageBytes;
        ref Mapping mapping = ref _mappings[place];
        long resident = Math.Max(mapping.ResidentPages, end - first + (first > 0 ? 1 : 0));
        ResidentPageCount += resident - mapping.ResidentPages;
        mapping.ResidentPages = resident;
        mapping.RequestedBytes = bytes;
    }

    private static int PlaceOf(long address) => (int)((address - BaseAddress) >> PlaceShift);

    private static long StartOf(int place) => BaseAddress + ((long)place << PlaceShift);

    private struct Mapping
    {
        public long Bytes;
        public long RequestedBytes;
        public long ResidentPages;
    }
}
