namespace FragGuard.Simulation.Models;

/// <summary>One list whose elements are kept by <see cref="ElementLists{T}"/>; the default is an empty list.</summary>
internal struct ElementList
{
    /// <summary>Index of the element at the head; of no meaning while the list is empty.</summary>
    public int Head;

    /// <summary>Index of the element at the tail; of no meaning while the list is empty.</summary>
    public int Tail;

    /// <summary>Number of elements.</summary>
    public int Count;
}
