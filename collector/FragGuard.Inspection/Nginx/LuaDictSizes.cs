using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Sizes, types and times of entries by the numbers of their slots, packed: a dictionary of millions of entries that are alike
/// takes hardly a byte for each. Of slots without an entry they are 0.
/// </summary>
internal sealed class LuaDictSizes
{
    private readonly PackedNumbers _keys = new();
    private readonly PackedNumbers _values = new();
    private readonly PackedNumbers _types = new();
    private readonly PackedNumbers _expiries = new();
    private readonly LuaDictRecord[] _filling = new LuaDictRecord[PackedNumbers.ChunkNumbers];
    private readonly long[] _numbers = new long[PackedNumbers.ChunkNumbers];
    private int _filled;

    /// <summary>Bytes of all that is packed.</summary>
    public long PackedBytes => _keys.PackedBytes + _values.PackedBytes + _types.PackedBytes + _expiries.PackedBytes;

    /// <summary>Appends the next slot.</summary>
    /// <param name="entry">Its entry; default when it holds none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in LuaDictRecord entry)
    {
        _filling[_filled++] = entry;
        if (_filled == _filling.Length)
            Pack();
    }

    /// <summary>No slot follows.</summary>
    public void Complete() => Pack();

    public LuaDictRecord At(int number, int place) => new(
        number, place, _expiries[number], (uint)_values[number], (ushort)_keys[number], (LuaDictType)_types[number]);

    /// <summary>Unpacks a chunk into spans that are long enough for any.</summary>
    public void CopyTo(int chunk, Span<long> keys, Span<long> values, Span<long> types, Span<long> expiries)
    {
        _keys.CopyTo(chunk, keys);
        _values.CopyTo(chunk, values);
        _types.CopyTo(chunk, types);
        _expiries.CopyTo(chunk, expiries);
    }

    private void Pack()
    {
        Span<LuaDictRecord> filled = _filling.AsSpan(0, _filled);
        Span<long> numbers = _numbers.AsSpan(0, _filled);
        for (int i = 0; i < filled.Length; i++)
            numbers[i] = filled[i].KeyBytes;
        _keys.Add(numbers);
        for (int i = 0; i < filled.Length; i++)
            numbers[i] = filled[i].ValueBytes;
        _values.Add(numbers);
        for (int i = 0; i < filled.Length; i++)
            numbers[i] = (long)filled[i].Type;
        _types.Add(numbers);
        for (int i = 0; i < filled.Length; i++)
            numbers[i] = filled[i].ExpiresAt;
        _expiries.Add(numbers);
        _filled = 0;
    }
}
