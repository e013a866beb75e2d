using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>The free list and the lists of the size classes, walked from their heads.</summary>
internal sealed class ZoneLists
{
    private readonly SlabHeader _header;
    private readonly ZonePageList _pages;
    private readonly List<int>[] _partial;
    private readonly List<int> _freeRuns = [];

    private ZoneLists(SlabHeader header, ZonePageList pages)
    {
        _header = header;
        _pages = pages;
        _partial = new List<int>[header.ClassCount];
    }

    public IReadOnlyList<int> FreeRuns => _freeRuns;

    public IReadOnlyList<IReadOnlyList<int>> PartialPages => _partial;

    public bool IsFreeListWhole { get; private set; }

    public bool AreClassListsWhole { get; private set; } = true;

    /// <summary>Number that stands for the head of the free list among page numbers.</summary>
    public static int FreeHead(SlabHeader header) => header.PageCount + header.ClassCount;

    /// <summary>Number that stands for the head of a class's list among page numbers.</summary>
    public static int ClassHead(SlabHeader header, int sizeClass) => header.PageCount + sizeClass;

    public static ZoneLists Walk(SlabHeader header, ZonePageList pages, ReadOnlySpan<byte> head)
    {
        ZoneLists lists = new(header, pages);
        bool[] seen = new bool[pages.Count];
        lists.IsFreeListWhole = lists.Walk(
            head[(header.Form.Free + 8)..], FreeHead(header), ZonePageUse.FreeStart, 0, seen, lists._freeRuns);
        for (int i = 0; i < header.ClassCount; i++)
        {
            lists._partial[i] = [];
            int listHead = header.Form.Bytes + (i * SlabHeaderForm.DescriptorBytes);
            lists.AreClassListsWhole &= lists.Walk(
                head[(listHead + 8)..], ClassHead(header, i), ZonePageUse.Cut, SlabHeader.MinShift + i, seen, lists._partial[i]);
        }

        return lists;
    }

    /// <returns>Whether the list leads back to its head through pages of its kind only, none of them twice.</returns>
    private bool Walk(ReadOnlySpan<byte> first, int head, ZonePageUse use, int shift, bool[] seen, List<int> into)
    {
        ulong link = BinaryPrimitives.ReadUInt64LittleEndian(first);
        ulong headAddress = head == FreeHead(_header) ? _header.FreeHead : _header.ClassHead(head - _header.PageCount);
        int page = link == headAddress ? head : _header.PageOfDescriptor(link);
        while (page != head)
        {
            if (page < 0 || page >= _pages.Count || seen[page] || _pages[page].Use != use || _pages[page].Shift != shift)
                return false;
            seen[page] = true;
            into.Add(page);
            page = _pages[page].Next;
        }

        return true;
    }
}
