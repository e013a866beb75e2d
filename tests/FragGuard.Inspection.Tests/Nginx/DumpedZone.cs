using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// A second reader of a zone's bytes, which shares nothing with the product: fixed offsets of nginx 1.11.7 and later with
/// semaphores, bit by bit, and the dictionary's tree instead of its order of use.
/// </summary>
internal sealed class DumpedZone(byte[] bytes, ulong address)
{
    private const int PageBytes = 4096;
    private const int FirstDescriptor = 704;

    public int Pages => (int)((Word(40) - Word(32)) / 24);

    public long FreePages => (long)Word(80);

    /// <summary>Slot size → pages, used slots, free slots.</summary>
    public SortedDictionary<int, (int Pages, int Used, int Free)> Slots()
    {
        SortedDictionary<int, (int Pages, int Used, int Free)> found = [];
        for (int page = 0; page < Pages; page++)
        {
            int at = FirstDescriptor + (24 * page);
            ulong slab = Word(at);
            int slotBytes;
            Func<int, bool> isSet;
            switch (Word(at + 16) % 4)
            {
                case 1:
                    slotBytes = (int)Math.Pow(2, slab % 16);
                    isSet = slot => (slab / Math.Pow(2, 32) is var high) && ((ulong)high / (ulong)Math.Pow(2, slot)) % 2 == 1;
                    break;
                case 2:
                    slotBytes = 64;
                    isSet = slot => (slab & (1UL << slot)) > 0;
                    break;
                case 3:
                    slotBytes = (int)Math.Pow(2, slab % 16);
                    int start = First + (page * PageBytes);
                    isSet = slot => (bytes[start + (slot / 8)] & (1 << (slot % 8))) > 0;
                    break;
                default:
                    continue;
            }

            int skip = slotBytes < 64 ? Math.Max(1, PageBytes / slotBytes / 8 / slotBytes) : 0;
            int used = Enumerable.Range(skip, (PageBytes / slotBytes) - skip).Count(isSet);
            (int pages, int allUsed, int allFree) = found.GetValueOrDefault(slotBytes);
            found[slotBytes] = (pages + 1, allUsed + used, allFree + (PageBytes / slotBytes) - skip - used);
        }

        return found;
    }

    /// <summary>Longest stretch of pages that belong to no slab and no block.</summary>
    public int LongestFreeStretch()
    {
        bool[] taken = new bool[Pages];
        for (int page = 0; page < Pages; page++)
        {
            int at = FirstDescriptor + (24 * page);
            taken[page] = Word(at + 16) % 4 != 0 || Word(at) >= 1UL << 63;
        }

        return string.Concat(taken.Select(page => page ? 'x' : '.')).Split('x').Max(stretch => stretch.Length);
    }

    /// <summary>Key bytes, value bytes (of a list: elements), type and expiry of every entry, sorted.</summary>
    public List<(int Key, uint Value, int Type, long Expires)> Entries()
    {
        List<(int Key, uint Value, int Type, long Expires)> entries = [];
        int record = Offset(184);
        Visit(Offset(record), Offset(record + 8), entries);
        entries.Sort();
        return entries;
    }

    private int First => Offset(88);

    private void Visit(int node, int sentinel, List<(int Key, uint Value, int Type, long Expires)> entries)
    {
        if (node == sentinel)
            return;
        entries.Add((
            BitConverter.ToUInt16(bytes, node + 34), BitConverter.ToUInt32(bytes, node + 36), bytes[node + 33], (long)Word(node + 40)));
        Visit(Offset(node + 8), sentinel, entries);
        Visit(Offset(node + 16), sentinel, entries);
    }

    private ulong Word(int at) => BitConverter.ToUInt64(bytes, at);

    private int Offset(int pointer) => (int)(Word(pointer) - address);
}
