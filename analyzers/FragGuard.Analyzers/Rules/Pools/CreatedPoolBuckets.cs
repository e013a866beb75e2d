using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// What <c>ArrayPool&lt;T&gt;.Create(maxArrayLength, maxArraysPerBucket)</c> allocates before the first rent, on a 64-bit
/// runtime: one bucket for each power of two from 16 elements, each with room for that many references. Source:
/// ConfigurableArrayPool.cs of the runtime.
/// </summary>
/// <param name="LongestElements">Elements of the longest array that is kept, before rounding up.</param>
/// <param name="Arrays">Arrays that each bucket keeps.</param>
internal sealed record CreatedPoolBuckets(int LongestElements, int Arrays)
{
    private const int SmallestElements = 16;
    private const int LargestElements = 1 << 30;
    private const int ArrayHeaderBytes = 24;
    private const int ReferenceBytes = 8;

    /// <summary>The pool, the bucket and its spin lock, with their headers.</summary>
    private const int PoolBytes = 24;
    private const int BucketBytes = 40;

    private static CreatedPoolBuckets Default { get; } = new(1 << 20, 50);

    public int Count
    {
        get
        {
            int count = 1;
            for (long elements = SmallestElements; elements < System.Math.Min(LongestElements, LargestElements); elements *= 2)
                count++;
            return count;
        }
    }

    public long OwnBytes =>
        PoolBytes + ArrayBytes(Count) + (Count * (BucketBytes + ArrayBytes(Arrays)));

    /// <summary>Null when the limits are no constants, or none that the pool accepts.</summary>
    public static CreatedPoolBuckets? Of(IInvocationOperation create)
    {
        ImmutableArray<IArgumentOperation> arguments = create.Arguments;
        if (arguments.Length == 0)
            return Default;
        return Constant(arguments, 0) is > 0 and { } longest && Constant(arguments, 1) is > 0 and { } arrays
            ? new(longest, arrays)
            : null;
    }

    private static long ArrayBytes(int references) => ArrayHeaderBytes + ((long)ReferenceBytes * references);

    private static int? Constant(ImmutableArray<IArgumentOperation> arguments, int ordinal) =>
        KnownLengths.Argument(arguments, ordinal)?.ConstantValue is { HasValue: true, Value: int value } ? value : null;
}
