using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>Records in one flat array, named by their index; 0 names none. Returned records are used again, the last first.</summary>
internal sealed class RecordPool<T>
    where T : struct
{
    /// <summary>Records that there is room for at first.</summary>
    public const int FirstLength = 64;

    private T[] _records = new T[FirstLength];
    private int[] _unused = new int[FirstLength];
    private int _unusedCount;
    private int _last;

    public ref T this[int record] => ref _records[record];

    /// <summary>The highest index that was ever in use.</summary>
    public int Last => _last;

    /// <summary>All records, until one is added.</summary>
    public T[] All => _records;

    /// <summary>Whether adding a record would move the others.</summary>
    public bool IsFull => _unusedCount == 0 && _last + 1 == _records.Length;

    /// <summary>Adds a record, whose content is what it was when it was returned.</summary>
    public int Add()
    {
        MakeRoom();
        return _unusedCount > 0 ? _unused[--_unusedCount] : ++_last;
    }

    /// <summary>Makes room for one more record, so that adding it moves none.</summary>
    public void MakeRoom()
    {
        if (IsFull)
            Array.Resize(ref _records, _records.Length * 2);
    }

    public void Remove(int record)
    {
        if (_unusedCount == _unused.Length)
            Array.Resize(ref _unused, _unused.Length * 2);
        _unused[_unusedCount++] = record;
    }
}
