using System;

namespace FragGuard.Collector.Heaps;

/// <summary>An object of a layout whose birth was seen.</summary>
/// <param name="Bytes">Its size, rounded up to the alignment of the heap.</param>
/// <param name="BornMs">When it was born.</param>
/// <param name="Objects">Objects it stands for: 1 unless it was drawn from many.</param>
internal readonly record struct KnownObject(
    ulong Start, ulong Bytes, double Objects, ObjectSource Source, double BornMs)
{
    public ulong End => Start + Bytes;

    /// <summary>The objects by address; those of one address in the order they came in.</summary>
    public static KnownObject[] InOrder(ReadOnlySpan<KnownObject> objects)
    {
        AddressOrder order = new();
        order.Clear(objects.Length);
        foreach (ref readonly KnownObject one in objects)
            order.Add(one.Start);
        order.Sort();
        KnownObject[] sorted = new KnownObject[objects.Length];
        for (int i = 0; i < sorted.Length; i++)
            sorted[i] = objects[order.Places[i]];
        return sorted;
    }
}
