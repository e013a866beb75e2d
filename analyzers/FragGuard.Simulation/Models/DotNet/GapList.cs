using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// One free list, in its order: gaps are added at both ends and taken from anywhere. A gap is known by the block it
/// follows.
/// </summary>
internal sealed class GapList
{
    private const int SmallestCapacity = 64;

    private MaxTree _bytes = new(SmallestCapacity);
    private int[] _owners = new int[SmallestCapacity];
    private MaxTree _spareBytes = new(SmallestCapacity);
    private int[] _spareOwners = new int[SmallestCapacity];
    private int _first = SmallestCapacity / 2;
    private int _end = SmallestCapacity / 2;

    /// <summary>Whether the tree answers for the gaps.</summary>
    private bool _isBuilt = true;

    /// <summary>Where the gaps began when the tree last answered for them.</summary>
    private int _builtFirst;

    /// <summary>Number of gaps.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the largest gap; 0 for an empty list.</summary>
    public long Most
    {
        get
        {
            if (!_isBuilt)
                Build();
            return _bytes.Most;
        }
    }

    /// <param name="owner">The block the gap follows.</param>
    public void AddLast(int owner, long bytes)
    {
        if (_end == _owners.Length)
            Center();
        _owners[_end] = owner;
        _bytes.Put(_end++, bytes);
        Count++;
        if (!_isBuilt)
            return;
        _isBuilt = false;
        _builtFirst = _first;
    }

    public void AddFirst(int owner, long bytes)
    {
        if (_first == 0)
            Center();
        int at = --_first;
        _owners[at] = owner;
        Count++;
        if (_isBuilt)
            _bytes.Raise(at, bytes);
        else
            _bytes.Put(at, bytes);
    }

    /// <summary>Takes the first gap off the list that has the bytes, or so many more that an object fits behind.</summary>
    /// <param name="bytes">Bytes to fit.</param>
    /// <param name="at">Where the gap stood in the list.</param>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int Take(long bytes, out int at)
    {
        at = -1;
        return Most < bytes ? -1 : TakeFirst(bytes, out at);
    }

    /// <summary>As <see cref="Take"/>, when <see cref="Most"/> has the bytes.</summary>
    public int TakeFirst(long bytes, out int at)
    {
        at = _bytes.First(bytes);
        while (!UohRules.Fits(_bytes[at], bytes))
        {
            at = _bytes.First(at + 1, bytes);
            if (at < 0)
                return -1;
        }

        return TakeAt(at);
    }

    /// <summary>As <see cref="Take"/>, quicker where the first gap fits; there must be one.</summary>
    public int TakeEarly(long bytes)
    {
        int at = _first;
        while (_bytes[at] == 0)
            at++;
        _first = at;
        if (!UohRules.Fits(_bytes[at], bytes))
            return Take(bytes, out _);
        if (_isBuilt)
            return TakeAt(at);
        _bytes.Put(at, 0);
        Count--;
        _first++;
        return _owners[at];
    }

    /// <summary>Undoes a taking; nothing may have been added since.</summary>
    public void PutBack(int at, long bytes)
    {
        _bytes.Raise(at, bytes);
        Count++;
        if (at < _first)
            _first = at;
    }

    public void Clear()
    {
        _bytes.Clear(Start, _end);
        _isBuilt = true;
        _first = _end = _owners.Length / 2;
        Count = 0;
    }

    /// <summary>Before this position the tree holds nothing.</summary>
    private int Start => _isBuilt ? _first : Math.Min(_first, _builtFirst);

    private int TakeAt(int at)
    {
        _bytes.Lower(at, 0);
        Count--;
        _first += at == _first ? 1 : 0;
        return _owners[at];
    }

    private void Build()
    {
        _bytes.Build(Start, _end);
        _isBuilt = true;
    }

    /// <summary>Moves the gaps to the middle, of a larger array when they fill more than a quarter of this one.</summary>
    private void Center()
    {
        MaxTree bytes = _bytes;
        int[] owners = _owners;
        bool grows = Count > owners.Length / 4;
        if (grows)
        {
            _spareBytes = new MaxTree(_bytes.Capacity + 1);
            _spareOwners = new int[_spareBytes.Capacity];
        }

        _bytes = _spareBytes;
        _owners = _spareOwners;
        (int start, int first, int end) = (Start, _first, _end);
        _first = _end = (_owners.Length - Count) / 2;
        for (int i = first; i < end; i++)
        {
            if (bytes[i] == 0)
                continue;
            _owners[_end] = owners[i];
            _bytes.Put(_end++, bytes[i]);
        }

        _isBuilt = false;
        _builtFirst = _first;
        if (grows)
        {
            _spareBytes = new MaxTree(_bytes.Capacity);
            _spareOwners = new int[_bytes.Capacity];
        }
        else
        {
            bytes.Clear(start, end);
            _spareBytes = bytes;
            _spareOwners = owners;
        }
    }
}
