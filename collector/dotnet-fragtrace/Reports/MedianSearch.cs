using System;
using System.Numerics;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Finds the median of numbers that are not kept: they are counted by their upper bits, then those that share these with the median
/// by the next ones, until one number is left. So all are shown to it a few times, mostly twice.
/// </summary>
internal sealed class MedianSearch
{
    private const int BucketBits = 14;

    private readonly int[] _counts = new int[1 << BucketBits];
    private long _least;
    private int _bits;
    private long _before;

    /// <param name="least">The least of the numbers.</param>
    /// <param name="most">The greatest of them.</param>
    /// <param name="count">How many they are, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such numbers.</exception>
    public MedianSearch(long least, long most, long count)
    {
        if (count < 1 || least < 0 || most < least)
            throw new ArgumentOutOfRangeException(nameof(count), "There is at least one number, and none is below 0.");
        _least = least;
        _bits = 64 - BitOperations.LeadingZeroCount((ulong)(most - least));
        _before = count / 2;
    }

    /// <summary>The number with half of the others, rounded down, before it; null until it is found.</summary>
    public long? Median => _bits == 0 ? _least : null;

    private int Shift => Math.Max(0, _bits - BucketBits);

    /// <summary>Shows it a number.</summary>
    public void Add(long number)
    {
        var distance = (ulong)(number - _least);
        if (_bits > 0 && distance >> _bits == 0)
            _counts[distance >> Shift]++;
    }

    /// <summary>All numbers were shown to it once more.</summary>
    public void Narrow()
    {
        if (_bits == 0)
            return;
        int bucket = 0;
        while (_before >= _counts[bucket])
            _before -= _counts[bucket++];
        _least += (long)bucket << Shift;
        _bits = Shift;
        Array.Clear(_counts);
    }
}
