using System;

namespace FragGuard.Collector.Heaps;

/// <summary>Addresses whose fate one GC decides: where each is afterwards, if anywhere.</summary>
internal sealed class FollowedAddresses
{
    public static FollowedAddresses None { get; } = new([]);

    private const int MaxPassed = 8;

    // By address.
    private readonly ulong[] _before;

    // Of each of them its number; by number, where it is afterwards.
    private readonly int[] _numbers;
    private readonly ulong[] _after;
    private int _next;

    /// <param name="before">In any order.</param>
    public FollowedAddresses(ulong[] before)
        : this(AddressOrder.Of(before))
    {
    }

    /// <param name="before">Sorted; the numbers are the places the addresses had before.</param>
    public FollowedAddresses(AddressOrder before)
    {
        _before = before.Addresses.ToArray();
        _numbers = before.Places.ToArray();
        _after = new ulong[_before.Length];
    }

    public int Count => _before.Length;

    /// <summary>Which state of its owner the numbers are those of.</summary>
    public long Version { get; init; }

    /// <summary>From here on, up to <see cref="QuietEnd"/>, no address is followed; valid once anything survived.</summary>
    public ulong QuietStart => _next == 0 ? 0 : _before[_next - 1] + 1;

    public ulong QuietEnd => _next == _before.Length ? ulong.MaxValue : _before[_next];

    /// <summary>By number where each address is now; 0 when what was there is dead.</summary>
    public ReadOnlySpan<ulong> After => _after;

    public void Survived(SurvivorExtent extent)
    {
        // Survivors mostly come in the order of their addresses, and few of what is followed died between two of them.
        bool isAhead = _next == 0 || _before[_next - 1] < extent.OldStart;
        for (int passed = 0; isAhead && _next < _before.Length && _before[_next] < extent.OldStart; passed++)
        {
            isAhead = passed < MaxPassed;
            _next++;
        }

        if (!isAhead)
            _next = FirstFrom(extent.OldStart);
        for (; _next < _before.Length && _before[_next] < extent.OldEnd; _next++)
            _after[_numbers[_next]] = _before[_next] - extent.OldStart + extent.NewStart;
    }

    /// <summary>Where the address is now; null when what was there is dead.</summary>
    public ulong? Find(ulong before)
    {
        int at = FirstFrom(before);
        return at < _before.Length && _before[at] == before && _after[_numbers[at]] is > 0 and ulong after ? after : null;
    }

    private int FirstFrom(ulong address)
    {
        int low = 0;
        int high = _before.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_before[middle] < address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
