using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// One arena of ptmalloc: its chunks, fastbins, bins and top. The chunks lie in an array as they lie in memory, one
/// element for each word of 8 bytes, with what the real allocator keeps there: sizes in words with bit 0 for "the chunk
/// before is in use", and links as indices. The array begins with a page for the heads of the bins; the main arena's
/// heap follows it, or the heaps of another arena, 64 MiB apart.
/// </summary>
internal sealed partial class Arena
{
    /// <summary>Bytes of address space of one arena, of which the heap may take an eighth.</summary>
    public const int AddressShift = 36;

    /// <summary>First word that is not a head of a bin.</summary>
    public const int FirstWord = ResidentPages.PageWords;

    /// <summary>Most words of the array: 4 GiB of heap.</summary>
    private const int MaxWords = 1 << 29;

    private const int InUse = 1;
    private const int SizeMask = ~InUse;
    private const int Forward = 2;
    private const int Back = 3;
    private const int NextSize = 4;
    private const int PreviousSize = 5;

    /// <summary>Head of the bin of chunks that were not sorted yet: bin 1.</summary>
    private const int Unsorted = 2;

    private readonly ProcessMemory _memory;
    private readonly ResidentPages _resident;
    private readonly int _number;
    private readonly int[] _fastBins = new int[ChunkSizes.FastBins];
    private readonly uint[] _binMap = new uint[ChunkSizes.Bins / 32];
    private readonly int _maxFastWords;
    private int[] _words = new int[FirstWord * 2];
    private int _top;
    private int _lastRemainder;
    private bool _hasFastChunks;

    /// <param name="memory">What the arenas share.</param>
    /// <param name="number">0 for the main arena.</param>
    public Arena(ProcessMemory memory, int number)
    {
        _memory = memory;
        _number = number;
        _resident = new ResidentPages(memory);
        _maxFastWords = memory.Tunables.MaxFastWords;
        for (int head = Unsorted; head < ChunkSizes.Bins * 2; head += 2)
            _words[head + Forward] = _words[head + Back] = head;
    }

    public bool IsMain => _number == 0;

    /// <summary>Bytes held from the system.</summary>
    public long SystemBytes { get; private set; }

    public static int NumberOf(long address) => (int)(address >> AddressShift);

    /// <summary>Index of the chunk that holds the program's bytes at an address of this arena.</summary>
    public static int ChunkAt(long address) =>
        (int)(((address & ((1L << AddressShift) - 1)) - ChunkSizes.HeaderBytes) >> ChunkSizes.WordShift) + FirstWord;

    /// <summary>Address of the program's bytes of a chunk.</summary>
    public long AddressOf(int chunk) =>
        ((long)_number << AddressShift)
        + ((long)(chunk - FirstWord) << ChunkSizes.WordShift) + ChunkSizes.HeaderBytes;

    public int WordsOf(int chunk) => _words[chunk + 1] & SizeMask;

    /// <summary>The program writes the first <paramref name="bytes"/> bytes of a chunk, at least one.</summary>
    public void Touch(int chunk, long bytes) => _resident.TouchRange(
        chunk + 1, chunk + 2 + (bytes > 0 ? (int)((bytes - 1) >> ChunkSizes.WordShift) : 0));

    private void Ensure(int words)
    {
        const int spare = 8;
        if (words + spare > _words.Length)
            Array.Resize(ref _words, (int)Math.Min(MaxWords + (long)spare, Math.Max(words + spare, _words.Length * 2L)));
    }
}
