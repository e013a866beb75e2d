using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The pool that <c>ArrayPool&lt;T&gt;.Create()</c> makes, .NET 8 to 10 (System.Private.CoreLib, ConfigurableArrayPool).
/// Sizes are powers of two from 16 elements. A rent asks its own size and then the next larger one; a size refuses once
/// as many of its arrays are out as it may keep. An array made beyond that is kept too if a place is empty when it comes
/// back. Arrays above the largest size have the length asked for and are dropped on return. Nothing is ever trimmed, and
/// threads share everything.
/// <para>Exact: which array every rent gets, and what is kept. Approximated: nothing on one thread; addresses are
/// virtual, array headers left out.</para>
/// </summary>
internal sealed class CreatedArrayPoolModel : ArrayPoolModel
{
    private const long SmallestElements = 16;
    private const long LargestElements = 1 << 30;

    /// <summary>Sizes a rent asks before it makes an array.</summary>
    private const int SizesToTry = 2;

    private readonly Shelf[] _shelves;
    private readonly int _depth;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public CreatedArrayPoolModel(ModelSettings settings)
        : base(settings.Whole("element", 1, 1 << 20))
    {
        long longest = settings.Whole("length", 1, int.MaxValue);
        _depth = (int)settings.Whole("arrays", 1, 1 << 20);
        _shelves = new Shelf[SharedArrayPool.BucketOf(Math.Min(longest, LargestElements)) + 1];
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-arraypool-create",
        "ArrayPool<T>.Create() of .NET 8 to 10",
        "which array a rent gets and what is kept, exact; addresses are virtual",
        Counting,
        TakesCacheEvents: false,
        [
            new("element", "1", "bytes of one element of T"),
            new("length", "1048576", "elements of the longest pooled array (maxArrayLength), rounded up to a power of two"),
            new("arrays", "50", "arrays kept of each size (maxArraysPerBucket)"),
        ],
        settings => new CreatedArrayPoolModel(settings));

    protected override IEnumerable<PooledArray> Idle => _shelves.SelectMany(shelf => shelf.Kept.Arrays);

    protected override PooledArray Take(long elements)
    {
        int bucket = SharedArrayPool.BucketOf(elements);
        if (elements == 0 || bucket >= _shelves.Length)
            return Arrays.Make(-1, elements);
        for (int tried = bucket; tried < _shelves.Length && tried < bucket + SizesToTry; tried++)
        {
            ref Shelf shelf = ref _shelves[tried];
            if (shelf.Out == _depth)
                continue;
            shelf.Out++;
            return shelf.Kept.TryPop() ?? Arrays.Make(tried, SmallestElements << tried);
        }

        return Arrays.Make(bucket, SmallestElements << bucket);
    }

    protected override void Return(PooledArray array)
    {
        if (array.Bucket < 0 || _shelves[array.Bucket].Out == 0)
        {
            Drop(array);
            return;
        }

        _shelves[array.Bucket].Out--;
        _shelves[array.Bucket].Kept.Push(array);
    }

    /// <summary>The arrays of one size.</summary>
    private struct Shelf
    {
        /// <summary>Places that are empty because their array is out.</summary>
        public int Out;

        public PooledArrayStack Kept;
    }
}
