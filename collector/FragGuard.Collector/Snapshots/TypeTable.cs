using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Collector.Snapshots;

/// <summary>The types of a snapshot. Objects may name a type before it is described.</summary>
internal sealed class TypeTable
{
    private const int MaxTypes = 1 << 20;
    private const long MaxNameCharacters = 64 << 20;

    private readonly Dictionary<ulong, int> _indices = [];
    private readonly List<HeapType> _types = [];
    private long _nameCharacters;
    private ulong _lastId;
    private int _lastIndex = -1;

    public int Count => _types.Count;

    public HeapType this[int index] => _types[index];

    /// <summary>Index of a type, described or not.</summary>
    public int IndexOf(ulong id)
    {
        if (id == _lastId && _lastIndex >= 0)
            return _lastIndex;
        if (!_indices.TryGetValue(id, out int index))
        {
            // Beyond the limit all new types are the first one that was not described: only a hostile stream has them.
            index = _types.Count < MaxTypes ? Add(new HeapType(id, "", IsArray: false, 0, [])) : 0;
        }

        _lastId = id;
        _lastIndex = index;
        return index;
    }

    public void Describe(HeapType type)
    {
        _nameCharacters += type.Name.Length;
        int index = IndexOf(type.Id);
        if (_types[index].Id == type.Id && _nameCharacters <= MaxNameCharacters)
            _types[index] = type;
    }

    /// <summary>The type with that id; null when no event mentioned it.</summary>
    public HeapType? Find(ulong id) => _indices.TryGetValue(id, out int index) ? _types[index] : null;

    /// <summary>The type's name for people.</summary>
    public string NameOf(int index)
    {
        HeapType type = _types[index];
        if (type.Name.Length > 0)
            return ReadableTypeName.Of(type.Name);
        if (type.IsArray && type.Arguments.Count > 0 && Find(type.Arguments[0]) is { Name.Length: > 0 } element)
            return ReadableTypeName.Of(element.Name) + "[]";
        return string.Create(CultureInfo.InvariantCulture, $"type 0x{type.Id:x}");
    }

    private int Add(HeapType type)
    {
        _indices[type.Id] = _types.Count;
        _types.Add(type);
        return _types.Count - 1;
    }
}
