using System;

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
    private LuaDictSizeChunk? _filling = new();
    private int _filled;

    /// <summary>Bytes of all that is packed.</summary>
    public long PackedBytes => _keys.PackedBytes + _values.PackedBytes + _types.PackedBytes + _expiries.PackedBytes;

    /// <summary>Appends the next slot.</summary>
    /// <param name="entry">Its entry; default when it holds none.</param>
    public void Add(in LuaDictRecord entry)
    {
        _filling!.Set(_filled++, entry);
        if (_filled == PackedNumbers.ChunkNumbers)
            Pack();
    }

    /// <summary>No slot follows.</summary>
    public void Complete()
    {
        Pack();
        _filling = null;
    }

    public LuaDictRecord At(int number, int place) => new(
        number, place, _expiries[number], (uint)_values[number], (ushort)_keys[number], (LuaDictType)_types[number]);

    public void CopyTo(int chunk, LuaDictSizeChunk into)
    {
        _keys.CopyTo(chunk, into.Keys);
        _values.CopyTo(chunk, into.Values);
        _types.CopyTo(chunk, into.Types);
        _expiries.CopyTo(chunk, into.Expiries);
    }

    private void Pack()
    {
        _keys.Add(_filling!.Keys.AsSpan(0, _filled));
        _values.Add(_filling.Values.AsSpan(0, _filled));
        _types.Add(_filling.Types.AsSpan(0, _filled));
        _expiries.Add(_filling.Expiries.AsSpan(0, _filled));
        _filled = 0;
    }
}
