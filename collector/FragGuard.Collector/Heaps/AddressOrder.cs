using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Puts addresses into order by merging the stretches of them that are in order already: what the runtime lists comes in few.
/// Equal addresses keep their order.
/// </summary>
internal sealed class AddressOrder
{
    private const int FewAddresses = 16;

    private ulong[] _addresses = [];
    private int[] _places = [];
    private ulong[] _mergedAddresses = [];
    private int[] _mergedPlaces = [];
    private int[] _ends = [];
    private int _stretches;

    public static AddressOrder Of(ReadOnlySpan<ulong> addresses)
    {
        AddressOrder order = new();
        order.Clear(addresses.Length);
        foreach (ulong address in addresses)
            order.Add(address);
        order.Sort();
        return order;
    }

    public int Count { get; private set; }

    /// <summary>The addresses in order.</summary>
    public ReadOnlySpan<ulong> Addresses => _addresses.AsSpan(0, Count);

    /// <summary>Where each of <see cref="Addresses"/> was before.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Count);

    /// <summary>Starts over, without any.</summary>
    /// <param name="most">No more will be added.</param>
    public void Clear(int most)
    {
        Count = 0;
        _stretches = 0;
        if (_addresses.Length >= most)
            return;

        int room = Math.Max(most, 2 * _addresses.Length);
        _addresses = new ulong[room];
        _mergedAddresses = new ulong[room];
        _places = new int[room];
        _mergedPlaces = new int[room];
        _ends = new int[room];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong address)
    {
        int count = Count;
        if (count == 0 || address < _addresses[count - 1])
            _stretches++;
        _ends[_stretches - 1] = count + 1;
        _addresses[count] = address;
        _places[count] = count;
        Count = count + 1;
    }

    /// <summary>After the last one was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort()
    {
        SortShortStretches();
        while (_stretches > 1)
        {
            int merged = 0;
            int start = 0;
            for (int i = 0; i < _stretches; i += 2)
            {
                int middle = _ends[i];
                int end = i + 1 < _stretches ? _ends[i + 1] : middle;
                Merge(start, middle, end);
                _ends[merged++] = start = end;
            }

            _stretches = merged;
            (_addresses, _mergedAddresses) = (_mergedAddresses, _addresses);
            (_places, _mergedPlaces) = (_mergedPlaces, _places);
        }
    }

    // Stretches of few are not worth a merge each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortShortStretches()
    {
        int kept = 0;
        int start = 0;
        for (int i = 0; i < _stretches; i++)
        {
            int end = _ends[i];
            if (i + 1 < _stretches && _ends[i + 1] - start <= FewAddresses)
                continue;

            if (end - start <= FewAddresses)
                Insert(start, end);
            _ends[kept++] = start = end;
        }

        _stretches = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Insert(int start, int end)
    {
        Span<ulong> addresses = _addresses.AsSpan(start, end - start);
        Span<int> places = _places.AsSpan(start, end - start);
        for (int i = 1; i < addresses.Length; i++)
        {
            ulong address = addresses[i];
            int place = places[i];
            int at = i;
            for (; at > 0 && addresses[at - 1] > address; at--)
            {
                addresses[at] = addresses[at - 1];
                places[at] = places[at - 1];
            }

            addresses[at] = address;
            places[at] = place;
        }
    }

    // Optimized from its first call: a call lasts as long as the stretches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Merge(int start, int middle, int end)
    {
        ReadOnlySpan<ulong> addresses = _addresses.AsSpan(0, end);
        ReadOnlySpan<int> places = _places.AsSpan(0, end);
        Span<ulong> mergedAddresses = _mergedAddresses.AsSpan(0, end);
        Span<int> mergedPlaces = _mergedPlaces.AsSpan(0, end);
        int left = start;
        int right = middle;
        int at = start;
        while (left < middle && right < end)
        {
            bool isRight = addresses[right] < addresses[left];
            int from = isRight ? right : left;
            mergedAddresses[at] = addresses[from];
            mergedPlaces[at++] = places[from];
            right += isRight ? 1 : 0;
            left += isRight ? 0 : 1;
        }

        int rest = left < middle ? left : right;
        int count = end - at;
        addresses.Slice(rest, count).CopyTo(mergedAddresses[at..]);
        places.Slice(rest, count).CopyTo(mergedPlaces[at..]);
    }
}
