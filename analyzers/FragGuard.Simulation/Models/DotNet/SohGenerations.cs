using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Which generations of small objects one blocking GC collects, whether its survivors grow older, and the budgets that
/// start the next one (the runtime's dynamic tuning).
/// </summary>
internal sealed class SohGenerations
{
    private readonly SmallObjectHeap _heap;
    private readonly SohCollection _collection;
    private readonly GenerationBudget[] _budgets;
    private readonly long[] _aliveBytes = new long[SmallObjectHeap.Generations];
    private readonly long[] _beforeBytes = new long[SmallObjectHeap.Generations];

    /// <param name="youngBytes">Smallest budget of generation 0.</param>
    /// <param name="conserve">GCConserveMemory, 0..9.</param>
    public SohGenerations(SmallObjectHeap heap, long youngBytes, int conserve)
    {
        _heap = heap;
        _collection = new SohCollection(heap);
        _budgets = GenerationBudget.ForGenerations(youngBytes, conserve);
    }

    /// <summary>Whether so much came into a generation that it wants to be collected.</summary>
    public bool IsSpent(int generation) => _budgets[generation].IsSpent;

    /// <summary>Budget that the last GC of a generation granted.</summary>
    public long DesiredBytes(int generation) => _budgets[generation].DesiredBytes;

    /// <summary>An object came into a generation from outside.</summary>
    public void Add(int generation, long bytes)
    {
        _budgets[generation].Spend(bytes);
        _aliveBytes[generation] += bytes;
    }

    /// <summary>The program dropped the object: it keeps its place until a GC of its generation.</summary>
    public void Drop(int block)
    {
        _aliveBytes[_heap.GenerationOf(block)] -= _heap[block].Bytes;
        _heap.Drop(block);
    }

    /// <summary>A GC that is asked for one generation also collects older ones that have spent their budgets.</summary>
    public int Condemned(int generation)
    {
        while (generation < SmallObjectHeap.Oldest && _budgets[generation + 1].IsSpent)
            generation++;
        return generation;
    }

    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="compacts">Whether objects are moved whatever the plan says.</param>
    /// <param name="secondsSinceLast">Time since the last full GC.</param>
    /// <returns>Whether objects were moved.</returns>
    public bool Collect(int generation, bool compacts, float secondsSinceLast)
    {
        long survived = 0;
        for (int i = 0; i < SmallObjectHeap.Generations; i++)
        {
            _beforeBytes[i] = ObjectBytes(i);
            survived += i <= generation ? _aliveBytes[i] : 0;
        }

        bool compacted = _collection.Run(generation, Promotes(generation, survived), compacts);
        Renew(generation, secondsSinceLast);
        return compacted;
    }

    private long ObjectBytes(int generation) => _heap.SizeOf(generation) - _heap.FragmentationOf(generation);

    /// <summary>Survivors stay as young as they are when they are few and the next generation is large.</summary>
    private bool Promotes(int generation, long survivedBytes)
    {
        if (generation == SmallObjectHeap.Oldest)
            return true;
        long few = 0;
        for (int i = 0; i <= generation; i++)
            few += (long)(_budgets[i].LeastBytes * (i + 1) * 0.1);
        return few > _budgets[generation + 1].ExpectedBytes || survivedBytes > few;
    }

    private void Renew(int generation, float seconds)
    {
        for (int i = SmallObjectHeap.Oldest; i >= 0; i--)
        {
            long after = ObjectBytes(i);
            if (i > generation)
            {
                _budgets[i].Spend(after - _beforeBytes[i]);
                _aliveBytes[i] += after - _beforeBytes[i];
                continue;
            }

            long came = i == 0 ? 0 : Math.Max(0, after - (i == SmallObjectHeap.Oldest ? _aliveBytes[i] : 0));
            _budgets[i].Renew(_beforeBytes[i], _aliveBytes[i], came, after, _heap.FragmentationOf(i), seconds);
            _aliveBytes[i] = after;
        }
    }
}
