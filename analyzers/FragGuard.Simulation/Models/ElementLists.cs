using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models;

/// <summary>
/// The elements of many doubly linked lists, in one array. It allocates nothing while there are fewer elements than there
/// ever were.
/// </summary>
/// <typeparam name="T">What is known of one element.</typeparam>
internal sealed class ElementLists<T>
    where T : struct
{
    private const int NoElement = -1;
    private const int SmallestCapacity = 16;

    private Element[] _elements = new Element[SmallestCapacity];
    private int _used;
    private int _firstUnused = NoElement;

    public void AddHead(ref ElementList list, in T value)
    {
        int added = Unused();
        _elements[added].Value = value;
        _elements[added].Next = list.Head;
        if (list.Count++ == 0)
            list.Tail = added;
        else
            _elements[list.Head].Previous = added;
        list.Head = added;
    }

    public void AddTail(ref ElementList list, in T value)
    {
        int added = Unused();
        _elements[added].Value = value;
        _elements[added].Previous = list.Tail;
        if (list.Count++ == 0)
            list.Head = added;
        else
            _elements[list.Tail].Next = added;
        list.Tail = added;
    }

    /// <summary>Takes the element at the head off a list that has one.</summary>
    public T RemoveHead(ref ElementList list)
    {
        int removed = list.Head;
        list.Head = _elements[removed].Next;
        return Removed(ref list, removed);
    }

    /// <summary>Takes the element at the tail off a list that has one.</summary>
    public T RemoveTail(ref ElementList list)
    {
        int removed = list.Tail;
        list.Tail = _elements[removed].Previous;
        return Removed(ref list, removed);
    }

    /// <summary>The elements from head to tail.</summary>
    public IEnumerable<T> Of(ElementList list)
    {
        for (int left = list.Count, element = list.Head; left > 0; left--, element = _elements[element].Next)
            yield return _elements[element].Value;
    }

    private T Removed(ref ElementList list, int element)
    {
        list.Count--;
        _elements[element].Next = _firstUnused;
        _firstUnused = element;
        return _elements[element].Value;
    }

    private int Unused()
    {
        if (_firstUnused != NoElement)
        {
            int reused = _firstUnused;
            _firstUnused = _elements[reused].Next;
            return reused;
        }

        if (_used == _elements.Length)
            Array.Resize(ref _elements, _elements.Length * 2);
        return _used++;
    }

    private struct Element
    {
        /// <summary>The element after this one; of an unused one, the next unused one.</summary>
        public int Next;

        public int Previous;

        public T Value;
    }
}
