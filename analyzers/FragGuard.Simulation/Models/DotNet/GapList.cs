namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// One free list, in its order: gaps are added at both ends and taken from anywhere. A gap is known by the block it
/// follows.
/// </summary>
internal sealed class GapList
{
    private const int SmallestCapacity = 16;

    private MaxTree _bytes = new(SmallestCapacity);
    private int[] _owners = new int[SmallestCapacity];
    private MaxTree _spareBytes = new(SmallestCapacity);
    private int[] _spareOwners = new int[SmallestCapacity];
    private int _first = SmallestCapacity / 2;
    private int _end = SmallestCapacity / 2;
    private int _count;
    private bool _isBuilt = true;

    /// <param name="owner">The block the gap follows.</param>
    public void AddLast(int owner, long bytes)
    {
        if (_end == _owners.Length)
            Center();
        _owners[_end] = owner;
        _bytes.Put(_end++, bytes);
        _count++;
        _isBuilt = false;
    }

    public void AddFirst(int owner, long bytes)
    {
        Build();
        if (_first == 0)
            Center();
        _owners[--_first] = owner;
        _bytes.Set(_first, bytes);
        _count++;
    }

    /// <summary>Takes the first gap off the list that has the bytes, or so many more that an object fits behind.</summary>
    /// <param name="bytes">Bytes to fit.</param>
    /// <param name="at">Where the gap stood in the list.</param>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int Take(long bytes, out int at)
    {
        at = -1;
        if (_count == 0)
            return -1;
        Build();
        at = _bytes.First(0, bytes);
        while (at >= 0 && !UohRules.Fits(_bytes[at], bytes))
            at = _bytes.First(at + 1, bytes);
        if (at < 0)
            return -1;
        _bytes.Set(at, 0);
        _count--;
        while (_first < _end && _bytes[_first] == 0)
            _first++;
        return _owners[at];
    }

    /// <summary>Undoes a taking; nothing may have been added since.</summary>
    public void PutBack(int at, long bytes)
    {
        _bytes.Set(at, bytes);
        _count++;
        if (at < _first)
            _first = at;
    }

    public void Clear()
    {
        _bytes.Clear(_first, _end);
        _isBuilt = true;
        _first = _end = _owners.Length / 2;
        _count = 0;
    }

    private void Build()
    {
        if (!_isBuilt)
            _bytes.Build(_first, _end);
        _isBuilt = true;
    }

    /// <summary>Moves the gaps to the middle, of a larger array when they fill more than a quarter of this one.</summary>
    private void Center()
    {
        int capacity = _owners.Length;
        while (_count > capacity / 4)
            capacity *= 2;
        MaxTree bytes = _bytes;
        int[] owners = _owners;
        _bytes = _spareBytes;
        _owners = _spareOwners;
        if (_owners.Length != capacity)
            _owners = new int[capacity];
        _bytes.Reset(capacity);
        (int first, int end) = (_first, _end);
        _first = _end = (capacity - _count) / 2;
        for (int i = first; i < end; i++)
        {
            if (bytes[i] == 0)
                continue;
            _owners[_end] = owners[i];
            _bytes.Put(_end++, bytes[i]);
        }

        _isBuilt = false;
        bool grew = owners.Length != capacity;
        _spareBytes = grew ? new MaxTree(capacity) : bytes;
        _spareOwners = grew ? new int[capacity] : owners;
    }
}
