using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Inspection.Nginx;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sums up the entries of a shared dictionary by size, type, time and order of use.</summary>
internal static class ZonesDictBuilder
{
    private const int Tenths = 10;

    public static ZonesDict Build(SlabZone zone, LuaDictContent dict)
    {
        long[] keys = [.. dict.Entries.Select(entry => (long)entry.KeyBytes).Order()];
        long medianKey = keys.Length == 0 ? 0 : keys[keys.Length / 2];
        return new ZonesDict
        {
            Whole = dict.IsWhole,
            Entries = dict.Entries.Count,
            Elements = dict.Elements.Count,
            EntryBytes = dict.EntryBytes,
            OverheadBytes = dict.EntryOverheadBytes,
            ExpiredEntries = dict.Entries.LongCount(dict.IsExpired),
            ExpiredBytes = dict.Entries.Where(dict.IsExpired).Sum(dict.BytesOf),
            NeverExpire = dict.Entries.LongCount(entry => entry.ExpiresAt == 0),
            LargestValueBytes = Math.Max(0, zone.LargestFitBytes - dict.EntryOverheadBytes - medianKey),
            MedianKeyBytes = medianKey,
            Types =
            [
                .. dict.Entries.GroupBy(entry => entry.Type).OrderByDescending(group => group.Count()).Select(group => new ZonesTypeRow(
                    Name(group.Key), group.LongCount(),
                    group.Key == LuaDictType.List
                        ? dict.Elements.Sum(element => (long)element.ValueBytes)
                        : group.Sum(entry => (long)entry.ValueBytes))),
            ],
            KeySizes = Sizes(keys),
            ValueSizes = Sizes(dict.Entries.Where(entry => entry.Type != LuaDictType.List).Select(entry => (long)entry.ValueBytes)
                .Concat(dict.Elements.Select(element => (long)element.ValueBytes))),
            ByUse = [.. Enumerable.Range(0, Tenths).Select(tenth => Age(dict, tenth)).Where(row => row.Entries > 0)],
        };
    }

    private static ZonesAgeRow Age(LuaDictContent dict, int tenth)
    {
        int first = (int)((long)dict.Entries.Count * tenth / Tenths);
        int end = (int)((long)dict.Entries.Count * (tenth + 1) / Tenths);
        LuaDictRecord[] entries = [.. dict.Entries.Skip(first).Take(end - first)];
        long[] left = [.. entries.Where(entry => entry.ExpiresAt != 0).Select(entry => entry.ExpiresAt - dict.ReadAt).Order()];
        return new ZonesAgeRow(
            entries.Length, entries.Sum(dict.BytesOf), entries.LongCount(dict.IsExpired),
            entries.LongCount(entry => entry.ExpiresAt == 0), left.Length == 0 ? null : left[left.Length / 2]);
    }

    private static SizeRow[] Sizes(IEnumerable<long> sizes) =>
    [
        .. sizes.GroupBy(bytes => bytes == 0 ? 0 : 1L << BitOperations.Log2((ulong)bytes)).OrderBy(group => group.Key)
            .Select(group => new SizeRow(group.Key, group.LongCount(), group.Sum())),
    ];

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
