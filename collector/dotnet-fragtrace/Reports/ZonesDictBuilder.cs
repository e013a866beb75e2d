using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sums up the entries of a shared dictionary by size, type, time and order of use.</summary>
internal static class ZonesDictBuilder
{
    public static ZonesDict Build(SlabZone zone, LuaDictContent dict)
    {
        SizeTally keys = new();
        SizeTally values = new();
        ZonesDictAges ages = new(dict);
        (long Entries, long Bytes)[] types = new (long Entries, long Bytes)[(int)LuaDictType.List + 1];
        long expired = 0;
        long expiredBytes = 0;
        long neverExpire = 0;
        foreach (ref readonly LuaDictRecord entry in dict.Records)
        {
            long bytes = dict.BytesOf(entry);
            bool isExpired = dict.IsExpired(entry);
            ref (long Entries, long Bytes) type = ref types[(int)entry.Type];
            type.Entries++;
            keys.Add(entry.KeyBytes);
            if (entry.Type != LuaDictType.List)
            {
                type.Bytes += entry.ValueBytes;
                values.Add(entry.ValueBytes);
            }

            ages.Add(entry, bytes, isExpired);
            neverExpire += entry.ExpiresAt == 0 ? 1 : 0;
            if (!isExpired)
                continue;
            expired++;
            expiredBytes += bytes;
        }

        foreach (LuaDictListElement element in dict.Elements)
        {
            types[(int)LuaDictType.List].Bytes += element.ValueBytes;
            values.Add(element.ValueBytes);
        }

        return new ZonesDict
        {
            Whole = dict.IsWhole,
            Cut = dict.IsCut,
            Unordered = dict.Unordered,
            Entries = dict.Records.Count,
            Elements = dict.Elements.Count,
            EntryBytes = dict.EntryBytes,
            OverheadBytes = dict.EntryOverheadBytes,
            ExpiredEntries = expired,
            ExpiredBytes = expiredBytes,
            NeverExpire = neverExpire,
            LargestValueBytes = Math.Max(0, zone.LargestFitBytes - dict.EntryOverheadBytes - dict.MedianKeyBytes),
            MedianKeyBytes = dict.MedianKeyBytes,
            Types = [.. Rows(types).OrderByDescending(row => row.Entries)],
            KeySizes = keys.Rows(),
            ValueSizes = values.Rows(),
            ByUse = ages.Rows(),
        };
    }

    private static IEnumerable<ZonesTypeRow> Rows((long Entries, long Bytes)[] types)
    {
        for (int type = 0; type < types.Length; type++)
        {
            if (types[type].Entries > 0)
                yield return new ZonesTypeRow(Name((LuaDictType)type), types[type].Entries, types[type].Bytes);
        }
    }

    private static string Name(LuaDictType type) => type switch
    {
        LuaDictType.Nil => "nil",
        LuaDictType.Boolean => "boolean",
        LuaDictType.Number => "number",
        LuaDictType.Text => "string",
        LuaDictType.List => "list",
        _ => "unknown",
    };
}
