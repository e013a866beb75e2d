using System;

namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>
/// Blocks by the moment they die, those of one moment in the order of their numbers: a binary heap in one flat array.
/// </summary>
internal sealed class DeathQueue
{
    private (long At, long Number)[] _heap = new (long, long)[64];

    public int Count { get; private set; }

    /// <summary>The moment of the next death; the queue is not empty.</summary>
    public long NextAt => _heap[0].At;

    public void Add(long at, long number)
    {
        if (Count == _heap.Length)
            Array.Resize(ref _heap, 2 * Count);
        int child = Count++;
        while (child > 0 && IsBefore((at, number), _heap[(child - 1) / 2]))
        {
            _heap[child] = _heap[(child - 1) / 2];
            child = (child - 1) / 2;
        }

        _heap[child] = (at, number);
    }

    /// <returns>The number of the block that dies next.</returns>
    public long Remove()
    {
        long number = _heap[0].Number;
        (long At, long Number) last = _heap[--Count];
        int parent = 0;
        while (true)
        {
            int child = (2 * parent) + 1;
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child]))
                child++;
            if (child >= Count || !IsBefore(_heap[child], last))
                break;
            _heap[parent] = _heap[child];
            parent = child;
        }

        _heap[parent] = last;
        return number;
    }

    private static bool IsBefore(in (long At, long Number) first, in (long At, long Number) second) =>
        first.At < second.At || (first.At == second.At && first.Number < second.Number);
}
