using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>The heaps of small, large and pinned objects of one workstation GC that blocks, and its collections.</summary>
internal sealed class GcHeaps
{
    /// <summary>Where the heaps of large and of pinned objects begin: far behind any small object.</summary>
    private const long LargeStart = 1L << 50;
    private const long PinnedStart = 1L << 56;

    private readonly SohGenerations _generations;
    private readonly LohBudget _largeBudget;
    private readonly LohBudget _pinnedBudget;
    private readonly int _conserve;

    /// <param name="youngBytes">Budget of generation 0.</param>
    /// <param name="conserve">GCConserveMemory, 0..9.</param>
    /// <param name="regionBytes">Bytes of a region of small objects; large ones are eight times as large.</param>
    public GcHeaps(long youngBytes, int conserve, long regionBytes)
    {
        Small = new SmallObjectHeap(regionBytes);
        Large = new UserOldHeap(UohRules.LargeObjects, 8 * regionBytes, LargeStart);
        Pinned = new UserOldHeap(UohRules.PinnedObjects, 8 * regionBytes, PinnedStart);
        _generations = new SohGenerations(Small, youngBytes, conserve);
        _conserve = conserve;
        _largeBudget = new LohBudget(conserve);
        _pinnedBudget = new LohBudget(conserve);
    }

    public SmallObjectHeap Small { get; }

    public UserOldHeap Large { get; }

    public UserOldHeap Pinned { get; }

    public long CommittedBytes => Small.CommittedBytes + Large.CommittedBytes + Pinned.CommittedBytes;

    public long FreeBytes => Small.FreeBytes + Large.FreeBytes + Pinned.FreeBytes;

    /// <summary>An object, until the next allocation or GC.</summary>
    public ref UohBlock this[GcPlace place]
    {
        get
        {
            switch (place.Heap)
            {
                case GcHeapKind.Small:
                    return ref Small[place.Block];
                case GcHeapKind.Large:
                    return ref Large[place.Block];
                default:
                    return ref Pinned[place.Block];
            }
        }
    }

    /// <summary>Whether an allocation on the heap has to wait for a GC.</summary>
    public bool WantsCollection(GcHeapKind heap) => heap switch
    {
        GcHeapKind.Small => _generations.IsSpent(0),
        GcHeapKind.Large => _largeBudget.IsSpent,
        _ => _pinnedBudget.IsSpent,
    };

    /// <param name="bytes">Bytes of the object, header included, a multiple of 8.</param>
    /// <returns>The block, or −1 when address space is exhausted.</returns>
    public int Allocate(GcHeapKind heap, long bytes)
    {
        switch (heap)
        {
            case GcHeapKind.Small:
                _generations.Add(0, bytes);
                return Small.Allocate(bytes);
            case GcHeapKind.Large:
                _largeBudget.Spend(bytes + Large.PadBytes);
                return Large.Allocate(bytes);
            default:
                _pinnedBudget.Spend(bytes);
                return Pinned.Allocate(bytes);
        }
    }

    /// <summary>The program dropped the object: it keeps its place until a GC of its generation.</summary>
    public void Drop(GcPlace place)
    {
        if (place.Heap == GcHeapKind.Small)
            _generations.Drop(place.Block);
        else
            (place.Heap == GcHeapKind.Large ? Large : Pinned).Drop(place.Block);
    }

    /// <summary>A GC that is asked for one generation also collects older ones that have spent their budgets.</summary>
    public int Condemned(int generation) => _largeBudget.IsSpent || _pinnedBudget.IsSpent
        ? SmallObjectHeap.Oldest
        : _generations.Condemned(generation);

    /// <returns>Whether small objects were moved.</returns>
    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="compactsLarge">Whether a full GC was asked to compact the large object heap.</param>
    /// <param name="secondsSinceLast">Time since the last full GC.</param>
    public bool Collect(int generation, bool compactsSmall, bool compactsLarge, float secondsSinceLast)
    {
        bool isFull = generation == SmallObjectHeap.Oldest;
        compactsLarge = isFull && (compactsLarge || ConservesByCompacting());
        bool compacted = _generations.Collect(generation, compactsSmall || compactsLarge, secondsSinceLast);
        if (isFull)
        {
            CollectOld(Large, _largeBudget, compactsLarge, secondsSinceLast);
            CollectOld(Pinned, _pinnedBudget, compacts: false, secondsSinceLast);
        }

        return compacted;
    }

    public GcHeapSample Sample(long index, int generation, bool compacted) => new(
        index, generation, compacted, Sample(0), Sample(1), Sample(SmallObjectHeap.Oldest), Sample(Large), Sample(Pinned));

    public void AddExtents(List<LayoutExtent> extents)
    {
        Small.AddExtents(extents);
        Large.AddExtents(extents);
        Pinned.AddExtents(extents);
    }

    private static GcGenerationSize Sample(UserOldHeap heap) => new(heap.SizeBytes, heap.FragmentationBytes);

    private GcGenerationSize Sample(int generation) => new(Small.SizeOf(generation), Small.FragmentationOf(generation));

    /// <summary>GCConserveMemory judges the gaps that are left from the GC before, not the garbage of now.</summary>
    private bool ConservesByCompacting()
    {
        float limit = 1f - (_conserve / 10f);
        long oldFragmentation = Small.FragmentationOf(SmallObjectHeap.Oldest);
        return _conserve != 0 && Large.SizeBytes != 0
            && (oldFragmentation + Large.FragmentationBytes)
                / (float)(Small.SizeOf(SmallObjectHeap.Oldest) + Large.SizeBytes) > limit
            && Large.FragmentationBytes / (float)Large.SizeBytes > limit;
    }

    private void CollectOld(UserOldHeap heap, LohBudget budget, bool compacts, float secondsSinceLast)
    {
        long beforeBytes = heap.SizeBytes - heap.FragmentationBytes;
        heap.Mark();
        if (compacts)
            heap.Compact();
        else
            heap.Sweep();
        budget.Renew(
            beforeBytes, heap.SizeBytes - heap.FragmentationBytes, secondsSinceLast,
            _generations.DesiredBytes(SmallObjectHeap.Oldest));
    }
}
