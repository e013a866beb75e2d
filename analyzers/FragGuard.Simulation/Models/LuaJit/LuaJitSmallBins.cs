namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>Free chunks below 256 bytes: one list for each multiple of 8, the last one freed first.</summary>
internal sealed class LuaJitSmallBins
{
    public const int Shift = 3;

    private const int Bins = 32;

    private readonly LuaJitChunks _chunks;
    private readonly int[] _first = new int[Bins];

    public LuaJitSmallBins(LuaJitChunks chunks) => _chunks = chunks;

    /// <summary>Bit i is set when bin i holds a chunk.</summary>
    public uint Map { get; private set; }

    public static bool Holds(long bytes) => bytes >> Shift < Bins;

    public void Insert(int chunk)
    {
        int bin = BinOf(chunk);
        int next = _first[bin];
        _chunks[chunk].Forward = next;
        _chunks[chunk].Back = 0;
        if (next != 0)
            _chunks[next].Back = chunk;
        _first[bin] = chunk;
        Map |= 1u << bin;
    }

    public void Unlink(int chunk)
    {
        int bin = BinOf(chunk);
        (int forward, int back) = (_chunks[chunk].Forward, _chunks[chunk].Back);
        if (forward != 0)
            _chunks[forward].Back = back;
        if (back != 0)
            _chunks[back].Forward = forward;
        else
            _first[bin] = forward;
        if (_first[bin] == 0)
            Map &= ~(1u << bin);
    }

    public int TakeFirst(int bin)
    {
        int chunk = _first[bin];
        Unlink(chunk);
        return chunk;
    }

    private int BinOf(int chunk) => (int)(_chunks[chunk].Bytes >> Shift);
}
