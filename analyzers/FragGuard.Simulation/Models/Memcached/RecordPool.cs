using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>Records in one flat array, named by their index; 0 names none. Returned records are used again, the last first.</summary>
internal sealed class RecordPool<T>
    where T : struct
{
    private T[] _records = new T[64];
    private int[] _unused = new int[64];
    private int _unusedCount;
    private int _last;

    public ref T this[int record] => ref _records[record];

    /// <summary>The highest index that was ever in use.</summary>
    public int Last => _last;

    /// <summary>All records, until one is added.</summary>
    public T[] All => _records;

    /// <summary>Adds a record, whose content is what it was when it was returned.</summary>
    public int Add()
    {
        MakeRoom();
        return _unusedCount > 0 ? _unused[--_unusedCount] : ++_last;
    }

    /// <summary>Makes room for one more record, so that adding it moves none.</summary>
    public void MakeRoom()
    {
        if (_unusedCount == 0 && _last + 1 == _records.Length)
            Array.Resize(ref _records, _records.Length * 2);
    }

    public void Remove(int record)
    {
        if (_unusedCount == _unused.Length)
            Array.Resize(ref _unused, _unused.Length * 2);
        _unused[_unusedCount++] = record;
    }
}
