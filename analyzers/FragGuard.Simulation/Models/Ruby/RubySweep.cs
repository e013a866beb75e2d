using System;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>Goes through a pool's pages in the order they were added, frees dead slots and sets whole empty pages aside.</summary>
internal sealed class RubySweep
{
    private const int None = RubySlots.None;
    private const int MostPagesFreedPerStep = 3;

    private readonly RubyVersion _version;
    private readonly RubyPages _pages;
    private readonly RubySlots _slots;

    public RubySweep(RubyVersion version, RubyPages pages, RubySlots slots)
    {
        _version = version;
        _pages = pages;
        _slots = slots;
    }

    /// <summary>Told every slot found dead, before it is freed.</summary>
    public Action<int>? Swept { get; set; }

    /// <summary>Empty pages that may still be set aside.</summary>
    public long FreeablePages { get; set; }

    /// <returns>Bytes of the slots that were freed.</returns>
    public long Run(RubyPool pool)
    {
        long freedBytes = 0;
        int unlinks = MostPagesFreedPerStep;
        long stepSlots = 0;
        long pooled = 0;
        int next;
        for (int number = pool.First; number != None; number = next)
        {
            next = _pages[number].Next;
            int free = SweepPage(number, ref freedBytes);
            if (free == _pages[number].Slots && FreeablePages > 0 && unlinks > 0)
            {
                FreeablePages--;
                unlinks--;
                pool.Unlink(number);
                _pages[number].IsInTomb = true;
            }
            else if (free > 0)
            {
                pool.SweptSlots += free;
                if (pooled < _version.PooledSlots)
                {
                    pool.PushPooled(number);
                    pooled += free;
                    continue;
                }

                pool.PushFree(number);
                stepSlots += free;
                if (stepSlots <= _version.StepSlots)
                    continue;
                unlinks = MostPagesFreedPerStep;
                stepSlots = 0;
                pooled = 0;
            }
        }

        return freedBytes;
    }

    /// <returns>Slots of the page that are free now.</returns>
    private int SweepPage(int number, ref long freedBytes)
    {
        ref RubyPage page = ref _pages[number];
        int free = 0;
        for (int slot = page.FirstSlot; slot < page.FirstSlot + page.Slots; slot++)
        {
            RubySlotUse use = _slots.Use(slot);
            if (use == RubySlotUse.Live)
                continue;
            free++;
            if (use == RubySlotUse.Empty)
                continue;
            Swept?.Invoke(slot);
            _slots.Link(slot, page.FreeList);
            page.FreeList = slot;
            freedBytes += _version.SlotBytes[page.Pool];
        }

        return free;
    }
}
