using System;
using System.Collections.Generic;
using System.Numerics;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Reads one zone that a running nginx goes on using, without its lock. Whether one moment was seen shows in the numbers:
/// counts, lists and bitmaps agree. If not it reads again, a few times, and keeps the reading with the fewest doubts.
/// </summary>
/// <param name="memory">The process, or the memory behind the zone.</param>
/// <param name="residence">Where each process has its pages.</param>
/// <param name="budget">What is left to be read of the process.</param>
/// <param name="readsEntries">Whether entries of shared dictionaries are read, and not only pages and slots.</param>
internal sealed class SlabZoneReader(
    IMemorySource memory, IReadOnlyList<ResidenceSource> residence, ZoneBudget budget, bool readsEntries = true)
{
    private const int MostAttempts = 6;
    private const int HeadBytes = 4096;

    /// <summary>Records read at once: those of a zone of 1.4 GB with pages of 4 KiB.</summary>
    private const int MostBytesAtOnce = 8 << 20;

    /// <summary>A dictionary that holds more is not read again because its order of use changed meanwhile: it would again.</summary>
    private const long MostBytesReadAgain = 64 << 20;

    /// <summary>Null when no zone starts at the mapping.</summary>
    /// <param name="start">Address of the mapping.</param>
    /// <param name="end">Address behind the memory that may belong to the zone.</param>
    public SlabZone? TryRead(ulong start, ulong end)
    {
        SlabZone? zone = TryReadBest(start, end);
        if (zone is not null)
            budget.Take(zone);
        return zone;
    }

    private SlabZone? TryReadBest(ulong start, ulong end)
    {
        SlabZone? best = null;
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            SlabZone? zone = TryReadOnce(start, end, ref attempt);
            if (zone is null)
                return best;
            if (best is null || IsBetter(zone, best))
                best = zone;
            if (!zone.Reading.IsTorn && (zone.Dict is null or { IsWhole: true } or { IsCut: true } || zone.UsedBytes > MostBytesReadAgain))
                return zone;
        }

        return best;
    }

    private static bool IsBetter(SlabZone zone, SlabZone than)
    {
        int doubts = Doubts(zone.Table) - Doubts(than.Table);
        return doubts < 0 || (doubts == 0 && (zone.Dict?.Records.Count ?? 0) >= (than.Dict?.Records.Count ?? 0));
    }

    private static int Doubts(ZonePageTable table) => BitOperations.PopCount((uint)table.Doubts);

    private SlabZone? TryReadOnce(ulong start, ulong end, ref int attempt)
    {
        if (TryReadHeader(start, end) is not { } header || !budget.Allows(header) || TryReadRecords(header, end) is not { } records)
            return null;

        // Asked before anything else is read: reading maps pages into the process.
        ZoneResidence resident = ZoneResidence.Of(start, records.Header.End, residence);
        if ((memory as SharedObjectMemory)?.AllocatedBytes(records.Header.End) is { } allocated)
            resident = resident.OfAll(allocated);
        ZonePageTable table = ZonePageReader.Read(memory, records);
        while (table.Doubts != ZoneDoubts.None && attempt < MostAttempts && TryReadHeader(start, end) is { } same
            && budget.HasRoomFor(same) && TryReadRecords(same, end) is { } again)
        {
            attempt++;
            ZonePageTable next = ZonePageReader.Read(memory, again);
            if (Doubts(next) <= Doubts(table))
                (table, records) = (next, again);
        }

        ZoneLabel label = ZoneLabel.Read(memory, table.Header);
        LuaDictContent? dict = readsEntries && string.Equals(label.Kind, ZoneLabel.LuaDict, StringComparison.Ordinal)
            ? LuaDictReader.TryRead(memory, table, budget.SlotsLeft, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
            : null;
        byte[] after = new byte[records.Head.Length];
        bool changed = !memory.TryReadAll(start, after) || !after.AsSpan().SequenceEqual(records.Head);
        return new SlabZone(table, label, resident, dict, new ZoneReading(
            attempt, changed, table.Doubts, table.UnparsedPages, (double)table.UnparsedPages / Math.Max(1, table.Header.PageCount))
        {
            IsThroughProcess = memory is not SharedObjectMemory,
        });
    }

    private SlabHeader? TryReadHeader(ulong start, ulong end)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        int read = memory.Read(start, head);
        return SlabHeader.TryParse(head[..read], start, end) is { } header && read >= header.HeadBytes ? header : null;
    }

    /// <summary>
    /// Header, list heads, counts and the descriptors of all pages, or of the first ones, in one read: so most often they are of
    /// one moment.
    /// </summary>
    /// <param name="first">The header as it was just read, which tells how much that is.</param>
    /// <param name="end">Address behind the memory that may belong to the zone.</param>
    private ZoneRecords? TryReadRecords(SlabHeader first, ulong end)
    {
        ZonePageList pages = new(first.HeadBytes, first.PageCount);
        Span<byte> bytes = pages.ZoneBytes[..Math.Min(MostBytesAtOnce, first.RecordBytes)];
        int read = memory.Read(first.Base, bytes);
        return SlabHeader.TryParse(bytes[..Math.Min(read, HeadBytes)], first.Base, end) is { } header
            && header.RecordBytes == first.RecordBytes && header.HeadBytes == first.HeadBytes && read >= header.HeadBytes
            ? new ZoneRecords(header, bytes[..header.HeadBytes].ToArray(), pages, (read - header.HeadBytes) / SlabHeaderForm.DescriptorBytes)
            : null;
    }
}
