using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using FragGuard.Inspection.Nginx;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sums up the entries of a shared dictionary by tenths of their order of use.</summary>
internal sealed class ZonesDictAges(LuaDictContent dict)
{
    private const int Tenths = 10;

    private readonly Tenth[] _tenths = new Tenth[Tenths];
    private readonly uint _entries = (uint)dict.Records.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in LuaDictRecord entry, long bytes, bool isExpired)
    {
        ref Tenth tenth = ref _tenths[TenthOf(entry)];
        tenth.Entries++;
        tenth.Bytes += bytes;
        if (entry.ExpiresAt == 0)
            return;
        tenth.Expired += isExpired ? 1 : 0;
        tenth.First = tenth.Expiring == 0 ? entry.ExpiresAt : Math.Min(tenth.First, entry.ExpiresAt);
        tenth.Last = Math.Max(tenth.Last, entry.ExpiresAt);
        tenth.Expiring++;
    }

    /// <summary>All entries were added.</summary>
    public IReadOnlyList<ZonesAgeRow> Rows()
    {
        MedianSearch?[] searches =
            [.. _tenths.Select(tenth => tenth.Expiring == 0 ? null : new MedianSearch(tenth.First, tenth.Last, tenth.Expiring))];
        while (searches.Any(search => search is { Median: null }))
        {
            foreach (ref readonly LuaDictRecord entry in dict.Records)
            {
                if (entry.ExpiresAt != 0)
                    searches[TenthOf(entry)]!.Add(entry.ExpiresAt);
            }

            foreach (MedianSearch? search in searches)
                search?.Narrow();
        }

        return
        [
            .. _tenths.Zip(searches).Where(each => each.First.Entries > 0).Select(each => new ZonesAgeRow(
                each.First.Entries, each.First.Bytes, each.First.Expired, each.First.Entries - each.First.Expiring,
                each.Second?.Median - dict.ReadAt)),
        ];
    }

    /// <summary>A tenth starts at the place that is so many tenths of all, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint TenthOf(in LuaDictRecord entry) => ((Tenths * ((uint)entry.Place + 1)) - 1) / _entries;

    private struct Tenth
    {
        public long Entries;
        public long Bytes;
        public long Expired;
        public long Expiring;

        /// <summary>When the first of them expires.</summary>
        public long First;

        /// <summary>When the last of them does.</summary>
        public long Last;
    }
}
