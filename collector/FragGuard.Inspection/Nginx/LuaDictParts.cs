using System;

namespace FragGuard.Inspection.Nginx;

/// <summary>Unpacks the entries of a dictionary in the order of their addresses, some at a time.</summary>
internal sealed class LuaDictParts(LuaDictSizes sizes, LuaDictLinks places)
{
    private readonly long[] _keys = new long[PackedNumbers.ChunkNumbers];
    private readonly long[] _values = new long[PackedNumbers.ChunkNumbers];
    private readonly long[] _types = new long[PackedNumbers.ChunkNumbers];
    private readonly long[] _expiries = new long[PackedNumbers.ChunkNumbers];
    private int _slot;

    /// <summary>The entries that <see cref="Next"/> found, from the first one on.</summary>
    public LuaDictRecord[] Part { get; } = new LuaDictRecord[PackedNumbers.ChunkNumbers];

    /// <summary>Unpacks some more.</summary>
    /// <returns>How many; 0 behind the last one.</returns>
    public int Next()
    {
        int count = 0;
        for (; count == 0 && _slot < places.Slots; _slot += PackedNumbers.ChunkNumbers)
            count = Unpack(_slot, Math.Min(PackedNumbers.ChunkNumbers, places.Slots - _slot));
        return count;
    }

    private int Unpack(int first, int slots)
    {
        sizes.CopyTo(first / PackedNumbers.ChunkNumbers, _keys, _values, _types, _expiries);
        int count = 0;
        for (int i = 0; i < slots; i++)
        {
            int place = places.PlaceOf(first + i);
            if (place < 0)
                continue;
            Part[count++] = new LuaDictRecord(
                first + i, place, _expiries[i], (uint)_values[i], (ushort)_keys[i], (LuaDictType)_types[i]);
        }

        return count;
    }
}
