using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>An operation that allocates one array of a size it is told, or an object around such an array.</summary>
/// <param name="Operation">The allocation.</param>
/// <param name="Kind">What is made, as messages name it.</param>
/// <param name="Element">What the array holds.</param>
/// <param name="Counts">Elements of each dimension.</param>
internal sealed record SizedAllocation(
    IOperation Operation, string Kind, ITypeSymbol Element, ImmutableArray<IOperation> Counts)
{
    /// <summary>How one of them serves all iterations of a loop.</summary>
    public string Reuse => Kind switch
    {
        "array" => "allocate it once before the loop, or rent it from "
            + $"'ArrayPool<{Element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>.Shared'",
        "stream" => "create it once before the loop and call 'SetLength(0)' in it, or use a stream of pooled blocks",
        "string" => "make it once before the loop",
        _ => "create it once before the loop and call 'Clear()' in it",
    };

    /// <summary>True when constants alone say that the array is smaller; asked first, because it costs nothing.</summary>
    public bool IsSmallerThan(long bytes) =>
        Counts.Length == 1 && Counts[0].ConstantValue is { HasValue: true, Value: int count }
        && UnmanagedSizes.OfElement(Element) is { } elementBytes && LargeObjects.ArrayHeaderBytes + (count * elementBytes) < bytes;

    /// <summary>Bytes of the array with its header, a count without upper bound taken at its least; null when the source does not tell.</summary>
    public Interval? Bytes(SizeInference sizes)
    {
        if (UnmanagedSizes.OfElement(Element) is not { } elementBytes)
            return null;
        Interval elements = new(1, 1);
        foreach (IOperation count in Counts)
        {
            IntervalSet known = sizes.Measure(Quantity.Number, count, Frame.Entry);
            if (known.IsNothing || known.Min < 0)
                return null;
            // What is not bounded above is taken at its least.
            Interval range = new(known.Min, known.Max);
            elements = elements.Multiply(range.Max == long.MaxValue ? new(range.Min, int.MaxValue) : range);
        }

        return elements.Multiply(new(elementBytes, elementBytes)).Add(new(LargeObjects.ArrayHeaderBytes, LargeObjects.ArrayHeaderBytes));
    }
}
