using System;
using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>A fixed-size list outside the GC heap, so that recording leaves the large object heap alone.</summary>
internal sealed unsafe class NativeList<T> : IDisposable
    where T : unmanaged
{
    private readonly T* _items;
    private readonly int _capacity;

    public NativeList(int capacity)
    {
        _items = (T*)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(T));
        _capacity = capacity;
    }

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _capacity)
            throw new InvalidOperationException("The list is full.");
        _items[Count++] = item;
    }

    public void Dispose() => NativeMemory.Free(_items);
}
