using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Nginx;

/// <summary>Counts the pages and slots of a zone, and holds them against the pool's own counts and lists.</summary>
internal static class ZoneTally
{
    public static ZonePageTable Of(
        SlabHeader header, ZonePageList pages, ulong[] wideMaps, ZoneLists lists, ReadOnlySpan<byte> head, ZoneDoubts doubts)
    {
        long[] classPages = new long[header.ClassCount];
        long[] used = new long[header.ClassCount];
        long[] partial = new long[header.ClassCount];
        long freePages = 0;
        int freeRuns = 0;
        int unparsed = 0;
        foreach (ZonePage page in pages)
        {
            switch (page.Use)
            {
                case ZonePageUse.Cut:
                    int sizeClass = page.Shift - SlabHeader.MinShift;
                    classPages[sizeClass]++;
                    used[sizeClass] += page.Used;
                    if (page.Used < ZoneSlots.Usable(header.PageShift, page.Shift))
                        partial[sizeClass]++;
                    break;
                case ZonePageUse.FreeStart:
                    freePages += page.Pages;
                    freeRuns++;
                    break;
                case ZonePageUse.Unparsed:
                    unparsed++;
                    break;
            }
        }

        if (!lists.IsFreeListWhole || lists.FreeRuns.Count != freeRuns || (header.FreePages ?? (ulong)freePages) != (ulong)freePages)
            doubts |= ZoneDoubts.FreeList;
        if (!lists.AreClassListsWhole || lists.PartialPages.Where((list, i) => list.Count != partial[i]).Any())
            doubts |= ZoneDoubts.ClassLists;

        List<ZoneClass> classes = [];
        for (int i = 0; i < header.ClassCount; i++)
        {
            ZoneClass counted = ClassOf(header, i, classPages[i], used[i], head);
            classes.Add(counted);
            if ((counted.PoolUsed is { } poolUsed && poolUsed != (ulong)counted.Used)
                || (counted.PoolTotal is { } poolTotal && poolTotal != (ulong)(counted.Used + counted.Free)))
            {
                doubts |= ZoneDoubts.Statistics;
            }
        }

        return new ZonePageTable(header, pages, wideMaps)
        {
            FreeRuns = lists.FreeRuns,
            PartialPages = lists.PartialPages,
            Classes = classes,
            Doubts = doubts,
            UnparsedPages = unparsed,
        };
    }

    private static ZoneClass ClassOf(SlabHeader header, int sizeClass, long pages, long used, ReadOnlySpan<byte> head)
    {
        int shift = SlabHeader.MinShift + sizeClass;
        long slots = pages * ZoneSlots.Usable(header.PageShift, shift);
        ReadOnlySpan<byte> counts = header.Form.HasStatistics ? head[header.StatisticsAt(sizeClass)..] : default;
        return new ZoneClass(
            1L << shift, pages, used, slots - used, Word(counts, 0), Word(counts, 8), Word(counts, 16), Word(counts, 24));
    }

    private static ulong? Word(ReadOnlySpan<byte> counts, int offset) =>
        counts.IsEmpty ? null : BinaryPrimitives.ReadUInt64LittleEndian(counts[offset..]);
}
