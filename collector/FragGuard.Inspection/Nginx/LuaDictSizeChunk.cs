namespace FragGuard.Inspection.Nginx;

/// <summary>Sizes, types and times of as many slots as are packed together.</summary>
internal sealed class LuaDictSizeChunk
{
    public long[] Keys { get; } = new long[PackedNumbers.ChunkNumbers];

    public long[] Values { get; } = new long[PackedNumbers.ChunkNumbers];

    public long[] Types { get; } = new long[PackedNumbers.ChunkNumbers];

    public long[] Expiries { get; } = new long[PackedNumbers.ChunkNumbers];

    public void Set(int index, in LuaDictRecord entry)
    {
        Keys[index] = entry.KeyBytes;
        Values[index] = entry.ValueBytes;
        Types[index] = (long)entry.Type;
        Expiries[index] = entry.ExpiresAt;
    }

    public LuaDictRecord At(int index, int number, int place) => new(
        number, place, Expiries[index], (uint)Values[index], (ushort)Keys[index], (LuaDictType)Types[index]);
}
