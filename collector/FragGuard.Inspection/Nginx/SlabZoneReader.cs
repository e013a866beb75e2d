using System;
using System.Collections.Generic;
using System.Numerics;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Reads one zone that a running nginx goes on using, without its lock. Whether one moment was seen shows in the numbers:
/// counts, lists and bitmaps agree. If not it reads again, a few times, and keeps the reading with the fewest doubts.
/// </summary>
internal sealed class SlabZoneReader(IMemorySource memory, IReadOnlyList<ResidenceSource> residence)
{
    private const int MostAttempts = 6;

    /// <summary>Null when no zone starts at the mapping.</summary>
    /// <param name="end">Address behind the memory that may belong to the zone.</param>
    public SlabZone? TryRead(ulong start, ulong end)
    {
        SlabZone? best = null;
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            SlabZone? zone = TryReadOnce(start, end, attempt);
            if (zone is null)
                return best;
            if (best is null || IsBetter(zone, best))
                best = zone;
            if (!zone.Reading.IsTorn && zone.Dict is null or { IsWhole: true } or { IsCut: true })
                return zone;
        }

        return best;
    }

    private static bool IsBetter(SlabZone zone, SlabZone than)
    {
        int doubts = BitOperations.PopCount((uint)zone.Reading.Doubts) - BitOperations.PopCount((uint)than.Reading.Doubts);
        return doubts < 0 || (doubts == 0 && (zone.Dict?.Entries.Count ?? 0) >= (than.Dict?.Entries.Count ?? 0));
    }

    private SlabZone? TryReadOnce(ulong start, ulong end, int attempt)
    {
        byte[] records = new byte[4096];
        int read = memory.Read(start, records);
        if (SlabHeader.TryParse(records.AsSpan(0, read), start, end) is not { } header
            || read < (int)(header.Descriptors - start))
        {
            return null;
        }

        // Asked before anything else is read: reading maps pages into the process.
        ZoneResidence resident = ZoneResidence.Of(start, header.End, residence);
        if ((memory as SharedObjectMemory)?.AllocatedBytes(header.End) is { } allocated)
            resident = resident.OfAll(allocated);
        ZonePageTable table = ZonePageReader.Read(memory, header, records);
        ZoneLabel label = ZoneLabel.Read(memory, header);
        LuaDictContent? dict = string.Equals(label.Kind, ZoneLabel.LuaDict, StringComparison.Ordinal)
            ? LuaDictReader.TryRead(memory, table, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
            : null;
        byte[] after = new byte[4096];
        int length = (int)(header.Descriptors - start);
        bool changed = memory.Read(start, after) < length
            || !after.AsSpan(0, length).SequenceEqual(records.AsSpan(0, length));
        return new SlabZone(table, label, resident, dict, new ZoneReading(
            attempt, changed, table.Doubts, table.UnparsedPages, (double)table.UnparsedPages / Math.Max(1, header.PageCount))
        {
            IsThroughProcess = memory is not SharedObjectMemory,
        });
    }
}
