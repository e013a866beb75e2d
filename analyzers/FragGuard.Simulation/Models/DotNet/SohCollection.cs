using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>One blocking GC of the small object heap: plan, decide, then compact or sweep.</summary>
internal sealed class SohCollection
{
    private readonly SmallObjectHeap _heap;
    private readonly SohPlan _plan;

    /// <param name="pinsTakeNeighbour">
    /// Whether a pinned plug takes the next survivor along, as it does where blocks are objects; else its block holds that one.
    /// </param>
    public SohCollection(SmallObjectHeap heap, bool pinsTakeNeighbour = true)
    {
        _heap = heap;
        _plan = new SohPlan(heap, pinsTakeNeighbour);
    }

    /// <returns>Whether the GC compacted.</returns>
    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="promotes">Whether a compaction makes survivors one generation older; a sweep always does.</param>
    /// <param name="forcesCompaction">Whether the GC compacts whatever the plan says.</param>
    public bool Run(int generation, bool promotes, bool forcesCompaction)
    {
        _plan.Make(generation, promotes);
        bool compacts = forcesCompaction || GcTuning.IsFragmented(generation, _plan.FragmentationBytes, _plan.SizeBytes);
        for (int i = 0; i <= generation; i++)
            _heap.GapsOf(i).Clear();
        if (compacts)
            Compact(generation);
        else
            Sweep(generation);
        return compacts;
    }

    private void Compact(int generation)
    {
        foreach (SohRegion region in _plan.Condemned)
            ReleaseDead(region);
        foreach (SohRegion region in _plan.Condemned)
        {
            _heap.EmptyOut(region);
            region.Generation = region.PlannedGeneration;
        }

        int target = 0;
        UohBlock[] blocks = _heap.Blocks;
        foreach (SohPlug plug in _plan.Placed)
        {
            if (plug.Before >= 0)
            {
                PutInOlder(plug, blocks);
                continue;
            }

            while (plug.Start < _plan.Condemned[target].Start || plug.Start >= _plan.Condemned[target].End)
                target++;
            SohRegion region = _plan.Condemned[target];
            int before = region.Last;
            long gap = _heap.Append(region, plug.First, plug.Last, plug.Start);
            if (gap >= LohLayout.MinFreeBytes)
                _heap.GapsOf(region.Generation).AddLast(before, gap);
        }

        _plan.Older.Commit();
        _heap.Rethread(generation, _plan.Condemned);
    }

    private void PutInOlder(in SohPlug plug, UohBlock[] blocks)
    {
        SohRegion region = _heap.RegionOf(plug.Before);
        if (blocks[plug.Before].Next < 0)
            _heap.Append(region, plug.First, plug.Last, plug.Start);
        else
            _heap.Insert(plug.Before, plug.First, plug.Last, plug.Start);
    }

    /// <summary>Takes the dead objects out of the chains, so that only plugs are left.</summary>
    private void ReleaseDead(SohRegion region)
    {
        UohBlock[] blocks = _heap.Blocks;
        int next;
        for (int block = blocks[region.First].Next; block >= 0; block = next)
        {
            next = blocks[block].Next;
            if (!blocks[block].IsLive)
                _heap.Release(block);
        }
    }

    private void Sweep(int generation)
    {
        _plan.Older.TakeBack();
        foreach (SohRegion region in _plan.Condemned)
        {
            region.Generation = Math.Min(region.Generation + 1, SmallObjectHeap.Oldest);
            Sweep(region);
        }

        _heap.Rethread(generation, _plan.Condemned);
    }

    private void Sweep(SohRegion region)
    {
        UohBlock[] blocks = _heap.Blocks;
        UohFreeLists gaps = _heap.GapsOf(region.Generation);
        _heap.ForgetGaps(region);
        int keeper = region.First;
        long gapBytes = TakeGap(blocks, keeper);
        int next;
        for (int block = blocks[keeper].Next; block >= 0; block = next)
        {
            next = blocks[block].Next;
            if (!blocks[block].IsLive)
            {
                gapBytes += blocks[block].Bytes + blocks[block].GapBytes;
                _heap.Release(block);
                continue;
            }

            _heap.SetGap(region, keeper, gapBytes);
            if (gapBytes >= LohLayout.MinFreeBytes)
                gaps.AddLast(keeper, gapBytes);
            blocks[keeper].Next = block;
            keeper = block;
            gapBytes = TakeGap(blocks, block);
        }

        blocks[keeper].Next = -1;
        region.Last = keeper;
        _heap.EndAt(region, blocks[keeper].Start + blocks[keeper].Bytes);
    }

    private static long TakeGap(UohBlock[] blocks, int owner)
    {
        long bytes = blocks[owner].GapBytes;
        blocks[owner].GapBytes = 0;
        return bytes;
    }
}
