using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The number that a heap knows each live object by. Ids that count up from 0 index an array, which grows as long as a
/// quarter of it would be in use; any other id is looked up in a table. Memory is proportional to the highest number of
/// live objects.
/// </summary>
internal sealed class LiveObjects
{
    /// <summary>Stands for the number of an object that is not live.</summary>
    public const int None = int.MinValue;

    private const int SmallestCapacity = 64;
    private const int IdsPerObject = 4;

    private readonly LiveBlocks<int> _others = new(isSparse: true);
    private int[] _indexed = [];
    private int _indexedCount;

    public LiveObjects() => Grow(SmallestCapacity);

    /// <returns><see cref="None"/> when the object is not live.</returns>
    public int NumberOf(long id)
    {
        int[] indexed = _indexed;
        if ((ulong)id < (ulong)indexed.Length)
            return indexed[(int)id];
        return _others.TryGet(id, out int number) ? number : None;
    }

    /// <summary>Adds a live object or gives it another number.</summary>
    /// <param name="number">Any but <see cref="None"/>.</param>
    public void Set(long id, int number)
    {
        if ((ulong)id >= (ulong)_indexed.Length && !Index(id))
        {
            _others.Set(id, number);
            return;
        }

        ref int known = ref _indexed[(int)id];
        _indexedCount += known == None ? 1 : 0;
        known = number;
    }

    /// <returns>The number it had; <see cref="None"/> when the object was not live.</returns>
    public int Remove(long id)
    {
        int[] indexed = _indexed;
        if ((ulong)id >= (ulong)indexed.Length)
            return _others.Remove(id, out int other) ? other : None;
        int number = indexed[(int)id];
        indexed[(int)id] = None;
        _indexedCount -= number == None ? 0 : 1;
        return number;
    }

    /// <summary>Lets an id index the array if enough objects are live for one so large.</summary>
    private bool Index(long id)
    {
        long mostIds = SmallestCapacity + ((long)IdsPerObject * (_indexedCount + _others.Count));
        if ((ulong)id >= (ulong)mostIds || id >= 1 << 30)
            return false;
        int capacity = _indexed.Length;
        while (capacity <= id)
            capacity *= 2;
        Grow(capacity);
        return true;
    }

    private void Grow(int capacity)
    {
        int start = _indexed.Length;
        Array.Resize(ref _indexed, capacity);
        for (int id = start; id < capacity; id++)
        {
            _indexed[id] = _others.Remove(id, out int number) ? number : None;
            _indexedCount += _indexed[id] == None ? 0 : 1;
        }
    }
}
