using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// The header of a slab pool whose numbers and pointers agree with each other and lie in its mapping. Addresses are those
/// of the process.
/// </summary>
internal sealed record SlabHeader
{
    /// <summary>Logarithm of the smallest slot, 8 bytes, in every nginx.</summary>
    public const int MinShift = 3;

    /// <summary>Of one zone: 32 GB of pages of 4 KiB.</summary>
    public const int MostPages = 1 << 23;

    private const int SmallestPageShift = 12;
    private const int LargestPageShift = 16;

    public required SlabHeaderForm Form { get; init; }

    /// <summary>Address of the zone.</summary>
    public required ulong Base { get; init; }

    public required int PageShift { get; init; }

    /// <summary>Address of the first page descriptor.</summary>
    public required ulong Descriptors { get; init; }

    /// <summary>One more than <see cref="MostPages"/> of any zone that has more.</summary>
    public required int PageCount { get; init; }

    /// <summary>Address of the first page.</summary>
    public required ulong Start { get; init; }

    /// <summary>Address behind the zone.</summary>
    public required ulong End { get; init; }

    /// <summary>Null where the header has no such field.</summary>
    public required ulong? FreePages { get; init; }

    public required ulong LogContext { get; init; }

    /// <summary>What the zone's owner put in: of a shared dictionary its record.</summary>
    public required ulong Data { get; init; }

    /// <summary>It has more pages than are read of one zone.</summary>
    public bool IsTooLarge => PageCount > MostPages;

    public int PageBytes => 1 << PageShift;

    /// <summary>Size classes: powers of two from 8 bytes to half a page.</summary>
    public int ClassCount => PageShift - MinShift;

    /// <summary>Logarithm of the slot of which a page has 64, so that its bitmap is one word.</summary>
    public int ExactShift => PageShift - 6;

    public ulong Bytes => End - Base;

    /// <summary>Bytes before the descriptors: header, list heads and statistics.</summary>
    public int HeadBytes => (int)(Descriptors - Base);

    /// <summary>Header, list heads, statistics and descriptors: what is read first.</summary>
    public int RecordBytes => HeadBytes + (PageCount * SlabHeaderForm.DescriptorBytes);

    public ulong FreeHead => Base + (ulong)Form.Free;

    public ulong PageAddress(int page) => Start + ((ulong)page << PageShift);

    public ulong ClassHead(int sizeClass) => Base + (ulong)(Form.Bytes + (sizeClass * SlabHeaderForm.DescriptorBytes));

    public int StatisticsAt(int sizeClass) =>
        Form.Bytes + (ClassCount * SlabHeaderForm.DescriptorBytes) + (sizeClass * Form.StatisticsBytes);

    /// <summary>Page of a descriptor's address; −1 when it is none.</summary>
    public int PageOfDescriptor(ulong address)
    {
        ulong offset = address - Descriptors;
        return address >= Descriptors && offset % SlabHeaderForm.DescriptorBytes == 0
            && offset / SlabHeaderForm.DescriptorBytes < (ulong)PageCount
            ? (int)(offset / SlabHeaderForm.DescriptorBytes)
            : -1;
    }

    /// <summary>Page that holds an address; −1 when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PageOf(ulong address)
    {
        ulong page = (address - Start) >> PageShift;
        return address >= Start && page < (ulong)PageCount ? (int)page : -1;
    }

    /// <summary>Null when the bytes are no header of any form.</summary>
    /// <param name="head">The first bytes of the mapping.</param>
    /// <param name="mappingStart">Its address.</param>
    /// <param name="mappingEnd">The address behind it.</param>
    public static SlabHeader? TryParse(ReadOnlySpan<byte> head, ulong mappingStart, ulong mappingEnd)
    {
        if (head.Length < SlabHeaderForm.MostBytes)
            return null;
        foreach (SlabHeaderForm form in SlabHeaderForm.All)
        {
            if (TryParse(head, form, mappingStart, mappingEnd) is { } header)
                return header;
        }

        return null;
    }

    private static SlabHeader? TryParse(ReadOnlySpan<byte> head, SlabHeaderForm form, ulong mappingStart, ulong mappingEnd)
    {
        ulong descriptors = Word(head, form.Pages);
        ulong last = Word(head, form.Last);
        ulong start = Word(head, form.Start);
        ulong end = Word(head, form.End);
        if (Word(head, form.MinShift) != MinShift || Word(head, form.MinSize) != 1 << MinShift
            || Word(head, form.Address) != mappingStart
            || end > mappingEnd || start >= end || last > start || descriptors >= last || descriptors <= mappingStart
            || (last - descriptors) % SlabHeaderForm.DescriptorBytes != 0)
        {
            return null;
        }

        ulong heads = mappingStart + (ulong)form.Bytes;
        int pageShift = Enumerable.Range(SmallestPageShift, LargestPageShift - SmallestPageShift + 1).FirstOrDefault(
            shift => descriptors == heads + (ulong)((shift - MinShift) * (SlabHeaderForm.DescriptorBytes + form.StatisticsBytes)));
        if (pageShift == 0)
            return null;

        // Every page has its descriptor, and only what is too short for a page is left over.
        ulong pages = (last - descriptors) / SlabHeaderForm.DescriptorBytes;
        ulong room = (end - start) >> pageShift;
        bool fits = pages <= room && room - pages <= 1 && start % (1UL << pageShift) == 0;
        ulong? free = form.HasStatistics ? Word(head, form.FreePages) : null;
        if (!fits || free > pages
            || (form.HasStatistics
                && Word(head, form.Statistics) != heads + (ulong)((pageShift - MinShift) * SlabHeaderForm.DescriptorBytes)))
        {
            return null;
        }

        return new SlabHeader
        {
            Form = form,
            Base = mappingStart,
            PageShift = pageShift,
            Descriptors = descriptors,
            PageCount = (int)Math.Min(pages, MostPages + 1),
            Start = start,
            End = end,
            FreePages = free,
            LogContext = Word(head, form.LogContext),
            Data = Word(head, form.Data),
        };
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
