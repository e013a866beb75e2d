using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Addresses whose fate one GC decides: where each is afterwards, if anywhere.</summary>
internal sealed class FollowedAddresses
{
    public static FollowedAddresses None { get; } = new();

    private const int MaxPassed = 8;

    private readonly AddressOrder _before = new();

    // Of each address by its number, the place it was added at.
    private ulong[] _after = [];
    private int _next;

    /// <param name="before">In any order.</param>
    public FollowedAddresses(params ReadOnlySpan<ulong> before)
    {
        Clear(before.Length);
        foreach (ulong address in before)
            Add(address);
        Begin();
    }

    public int Count => _before.Count;

    /// <summary>Which state of its owner the numbers are those of.</summary>
    public long Version { get; private set; }

    /// <summary>From here on, up to <see cref="QuietEnd"/>, no address is followed; valid once anything survived.</summary>
    public ulong QuietStart { get; private set; }

    public ulong QuietEnd { get; private set; }

    /// <summary>By number where each address is now; 0 when what was there is dead.</summary>
    public ReadOnlySpan<ulong> After => _after.AsSpan(0, Count);

    /// <summary>Starts over, without any.</summary>
    /// <param name="most">No more will be added.</param>
    public void Clear(int most) => _before.Clear(most);

    public void Add(ulong address) => _before.Add(address);

    /// <summary>After the last one was added: the GC begins.</summary>
    public void Begin(long version = 0)
    {
        Version = version;
        _next = 0;
        _before.Sort();
        if (_after.Length < Count)
            _after = new ulong[Math.Max(Count, 2 * _after.Length)];
        else
            Array.Clear(_after, 0, Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Survived(SurvivorExtent extent)
    {
        // Survivors mostly come in the order of their addresses, and few of what is followed died between two of them.
        ReadOnlySpan<ulong> before = _before.Addresses;
        int next = _next;
        bool isAhead = next == 0 || before[next - 1] < extent.OldStart;
        for (int passed = 0; isAhead && next < before.Length && before[next] < extent.OldStart; passed++)
        {
            isAhead = passed < MaxPassed;
            next++;
        }

        if (!isAhead)
            next = FirstFrom(extent.OldStart);
        ReadOnlySpan<int> numbers = _before.Places;
        for (; next < before.Length && before[next] < extent.OldEnd; next++)
            _after[numbers[next]] = before[next] - extent.OldStart + extent.NewStart;
        _next = next;
        QuietStart = next == 0 ? 0 : before[next - 1] + 1;
        QuietEnd = next == before.Length ? ulong.MaxValue : before[next];
    }

    /// <summary>Where the address is now; null when what was there is dead.</summary>
    public ulong? Find(ulong before)
    {
        int at = FirstFrom(before);
        return at < Count && _before.Addresses[at] == before && _after[_before.Places[at]] is > 0 and ulong after ? after : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstFrom(ulong address)
    {
        ReadOnlySpan<ulong> before = _before.Addresses;
        int low = 0;
        int high = before.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (before[middle] < address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
