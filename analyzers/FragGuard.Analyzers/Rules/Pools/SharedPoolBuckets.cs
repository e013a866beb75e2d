using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// The sizes of <c>ArrayPool&lt;T&gt;.Shared</c> since .NET 6: powers of two from 16 to 2^30 elements, nothing for an empty
/// request, the exact length beyond. Source: SharedArrayPool.cs and Utilities.SelectBucketIndex of the runtime.
/// </summary>
internal static class SharedPoolBuckets
{
    /// <summary>Elements of the longest array that any pool of the runtime keeps.</summary>
    public const int LargestBucket = 1 << 30;

    private const int SmallestBucket = 16; // elements

    public static int ArrayLength(int requestedLength)
    {
        if (requestedLength is <= 0 or > LargestBucket)
            return requestedLength;

        int bucket = SmallestBucket;
        while (bucket < requestedLength)
            bucket <<= 1;
        return bucket;
    }

    /// <summary>Bytes of one element, references counted as on 64-bit systems; null when the layout is not known here.</summary>
    public static int? ElementBytes(ITypeSymbol element)
    {
        if (element is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
            element = underlying;
        if (element.IsReferenceType)
            return 8;

        return element.SpecialType switch
        {
            SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double
                or SpecialType.System_DateTime => 8,
            SpecialType.System_Decimal => 16,
            _ => null,
        };
    }
}
