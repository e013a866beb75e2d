using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// The stack of cached blocks of one class, the oldest at index 0; it takes no room until it is used.
/// </summary>
internal struct CachedBlocks
{
    public readonly int Most;
    public long[] Places;
    public int Count;

    /// <summary>Fewest blocks since the class was last collected.</summary>
    public int LowWater;

    private int _fillShift;
    private bool _wasRefilled;

    public CachedBlocks(int most)
        : this()
    {
        Most = most;
        Places = [];
        _fillShift = 1;
    }

    public long Pop()
    {
        long place = Places[--Count];
        if (Count < LowWater)
            LowWater = Count;
        return place;
    }

    public void Push(long place)
    {
        MakeRoom();
        Places[Count++] = place;
    }

    /// <summary>Fills an empty stack so that the lowest slot comes first.</summary>
    public void Fill(SlabBin bin)
    {
        LowWater = 0;
        MakeRoom();
        int wanted = Most >> _fillShift;
        int taken = bin.Take(Places, 0, wanted);
        _wasRefilled = true;
        if (taken < wanted)
            Array.Copy(Places, wanted - taken, Places, 0, taken);
        Count = taken;
    }

    public void FillLess()
    {
        if (Most >> (_fillShift + 1) >= 1)
            _fillShift++;
    }

    public void FillMoreIfRefilled()
    {
        if (!_wasRefilled)
            return;
        if (_fillShift > 1)
            _fillShift--;
        _wasRefilled = false;
    }

    public void DropOldest(int dropped)
    {
        Count -= dropped;
        Array.Copy(Places, dropped, Places, 0, Count);
        if (Count < LowWater)
            LowWater = Count;
    }

    private void MakeRoom()
    {
        if (Places.Length == 0)
            Places = new long[Most];
    }
}
