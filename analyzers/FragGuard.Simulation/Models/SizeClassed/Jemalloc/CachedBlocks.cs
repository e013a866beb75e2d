using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>The stack of cached blocks of one class, the oldest at index 0.</summary>
internal struct CachedBlocks
{
    public readonly int Most;
    public readonly long[] Places;
    public int Count;

    /// <summary>Fewest blocks since the class was last collected.</summary>
    public int LowWater;

    private int _fillShift;
    private bool _wasRefilled;

    public CachedBlocks(int most)
        : this()
    {
        Most = most;
        Places = new long[most];
        _fillShift = 1;
    }

    public long Pop()
    {
        long place = Places[--Count];
        if (Count < LowWater)
            LowWater = Count;
        return place;
    }

    public void Push(long place) => Places[Count++] = place;

    /// <summary>Fills an empty stack so that the lowest slot comes first.</summary>
    public void Fill(SlabBin bin)
    {
        LowWater = 0;
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
}
