using System;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>
/// A collection or stream of the runtime library whose elements lie in one array, which is replaced by one of twice the size
/// when it is full. Sources: List.cs, Queue.cs, Stack.cs, Dictionary.cs, HashHelpers.cs, MemoryStream.cs, ArrayBufferWriter.cs.
/// </summary>
internal sealed class GrowingStore
{
    /// <summary>The capacities that a dictionary chooses from.</summary>
    private static readonly int[] Primes =
    [
        3, 7, 11, 17, 23, 29, 37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431, 521, 631, 761, 919, 1103, 1327, 1597,
        1931, 2333, 2801, 3371, 4049, 4861, 5839, 7013, 8419, 10103, 12143, 14591, 17519, 21023, 25229, 30293, 36353, 43627,
        52361, 62851, 75431, 90523, 108631, 130363, 156437, 187751, 225307, 270371, 324449, 389357, 467237, 560689, 672827,
        807403, 968897, 1162687, 1395263, 1674319, 2009191, 2411033, 2893249, 3471899, 4166287, 4999559, 5999471, 7199369,
    ];

    private readonly long _elementBytes;
    private readonly int _least;
    private readonly bool _isDictionary;

    private GrowingStore(long elementBytes, int least, bool isDictionary = false)
    {
        _elementBytes = elementBytes;
        _least = least;
        _isDictionary = isDictionary;
    }

    /// <summary>How a store of the type grows, or null when it is none or its elements have no known size.</summary>
    public static GrowingStore? Of(INamedTypeSymbol type) => type.FullName() switch
    {
        "System.Collections.Generic.List" or "System.Collections.Generic.Queue" or "System.Collections.Generic.Stack" =>
            OfElements(type, least: 4),
        "System.Buffers.ArrayBufferWriter" => OfElements(type, least: 256),
        "System.Collections.Generic.Dictionary" => OfEntries(type),
        "System.IO.MemoryStream" => new(elementBytes: 1, least: 256),
        _ => null,
    };

    /// <summary>The fewest elements that a member access on the store adds; null for one that is not known.</summary>
    public static long? AddedBy(IOperation access, SizeInference sizes)
    {
        if (access is IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "WrittenCount" })
            return 0;
        if (access is not IInvocationOperation { TargetMethod: { } method } call)
            return null;
        return (method.ContainingType.Name, method.Name, call.Arguments.Length) switch
        {
            ("List", "Add", 1) or ("Stack", "Push", 1) or ("Queue", "Enqueue", 1) or ("Dictionary", "Add", 2) => 1,
            ("MemoryStream" or "Stream", "WriteByte", 1) => 1,
            ("MemoryStream" or "Stream", "Write", 3) => Least(Quantity.Number, ordinal: 2),
            ("MemoryStream" or "Stream", "Write", 1) => Least(Quantity.Length, ordinal: 0),
            ("BuffersExtensions", "Write", 2) => Least(Quantity.Length, ordinal: 1),
            ("ArrayBufferWriter", "Advance", 1) => Least(Quantity.Number, ordinal: 0),
            ("ArrayBufferWriter", "GetSpan" or "GetMemory", _) => 0,
            _ => null,
        };

        long Least(Quantity quantity, int ordinal)
        {
            IntervalSet known = KnownLengths.Argument(call.Arguments, ordinal) is { } value
                ? sizes.Measure(quantity, value, Frame.Entry)
                : IntervalSet.Nothing;
            return known.IsNothing ? 0 : Math.Max(0, known.Min);
        }
    }

    /// <summary>Bytes of the array for that many elements, if it is made at once.</summary>
    public long BytesOf(long elements) =>
        LargeObjects.ArrayHeaderBytes + ((_isDictionary ? Prime(elements) : elements) * _elementBytes);

    /// <summary>The large arrays that are made while the elements come in by chunks: how many, their bytes, those of the last.</summary>
    public (int Arrays, long Bytes, long Last) Grown(long elements, long chunk, long thresholdBytes)
    {
        (int Arrays, long Bytes, long Last) grown = default;
        for (long capacity = 0; capacity < elements;)
        {
            long needed = Math.Min(elements, ((capacity / chunk) + 1) * chunk);
            capacity = _isDictionary
                ? Prime(Math.Max(2 * capacity, 1))
                : Math.Max(needed, Math.Max(2 * capacity, _least));
            long bytes = LargeObjects.ArrayHeaderBytes + (capacity * _elementBytes);
            if (bytes >= thresholdBytes)
                grown = (grown.Arrays + 1, grown.Bytes + bytes, bytes);
        }

        return grown;
    }

    private static long Prime(long least)
    {
        int known = Array.FindIndex(Primes, prime => prime >= least);
        return known < 0 ? least : Primes[known];
    }

    private static GrowingStore? OfElements(INamedTypeSymbol type, int least) =>
        UnmanagedSizes.OfElement(type.TypeArguments[0]) is { } bytes ? new(bytes, least) : null;

    /// <summary>An entry holds the hash code, the index of the next one, key and value.</summary>
    private static GrowingStore? OfEntries(INamedTypeSymbol type)
    {
        if (UnmanagedSizes.OfElement(type.TypeArguments[0]) is not { } key
            || UnmanagedSizes.OfElement(type.TypeArguments[1]) is not { } value)
            return null;
        long alignment = key >= 8 || value >= 8 ? 8 : 4;
        return new((8 + key + value + alignment - 1) / alignment * alignment, least: 3, isDictionary: true);
    }
}
