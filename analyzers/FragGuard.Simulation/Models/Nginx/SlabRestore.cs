using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>Checks the recorded state of a zone before a pool takes it over: what is found wrong was torn or forged.</summary>
internal static class SlabRestore
{
    /// <exception cref="FormatException">Pages do not cover the zone, a bitmap is impossible, or a list is not that of its pages.</exception>
    public static void Check(
        SlabGeometry geometry, IReadOnlyList<SlabPageState> pages, IReadOnlyList<int> freeRuns,
        IReadOnlyList<IReadOnlyList<int>> partialPages)
    {
        HashSet<int> free = new();
        HashSet<int>[] partial = [.. Enumerable.Range(0, geometry.ClassCount).Select(_ => new HashSet<int>())];
        long page = 0;
        bool wasFree = false;
        foreach (SlabPageState state in pages)
        {
            Require(state.Pages >= 1 && page + state.Pages <= geometry.Pages, "the pages do not cover the zone");
            Require(!(wasFree && state.IsFree), "two free runs adjoin");
            wasFree = state.IsFree;
            if (state.IsFree)
                free.Add((int)page);
            else if (state.Shift != 0 && UsedSlots(geometry, state) < Usable(geometry, state.Shift))
                partial[state.Shift - SlabGeometry.MinShift].Add((int)page);
            page += state.Pages;
        }

        Require(page == geometry.Pages, "the pages do not cover the zone");
        Require(IsPermutation(freeRuns, free), "the free list does not hold the free runs");
        Require(
            partialPages.Count == geometry.ClassCount && partialPages.Select((list, i) => IsPermutation(list, partial[i])).All(same => same),
            "the list of a size class does not hold its pages with free slots");
    }

    /// <summary>Slots in use, those that hold the bitmap not counted.</summary>
    public static int UsedSlots(SlabGeometry geometry, SlabPageState cut)
    {
        Require(cut.Shift >= SlabGeometry.MinShift && cut.Shift < geometry.PageShift, "there is no such size class");
        int slots = geometry.SlotsPerPage(cut.Shift);
        int reserved = geometry.BitmapSlots(cut.Shift);
        Require(cut.Map.Count == Math.Max(1, slots / 64), "a bitmap has not the length of its class");
        int used = 0;
        for (int slot = 0; slot < cut.Map.Count * 64; slot++)
        {
            bool isUsed = (cut.Map[slot >> 6] >> (slot & 63) & 1) != 0;
            Require(slot < slots || !isUsed, "a slot behind the page is in use");
            Require(slot >= reserved || isUsed, "a slot that holds the bitmap is free");
            used += isUsed ? 1 : 0;
        }

        Require(used > reserved, "a cut page holds nothing");
        return used - reserved;
    }

    private static int Usable(SlabGeometry geometry, int shift) => geometry.SlotsPerPage(shift) - geometry.BitmapSlots(shift);

    private static bool IsPermutation(IReadOnlyList<int> list, HashSet<int> of) =>
        list.Count == of.Count && list.Distinct().Count() == of.Count && list.All(of.Contains);

    private static void Require(bool condition, string wrong)
    {
        if (!condition)
            throw new FormatException($"The recorded zone cannot be: {wrong}.");
    }
}
