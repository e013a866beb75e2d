using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sums up the entries of a shared dictionary by tenths of their order of use.</summary>
internal sealed class ZonesDictAges(LuaDictContent dict)
{
    private const int Tenths = 10;

    private readonly Tenth[] _tenths = [.. Enumerable.Range(0, Tenths).Select(_ => new Tenth())];
    private readonly long _entries = dict.Records.Count;

    public void Add(LuaDictRecord entry, long bytes, bool isExpired)
    {
        Tenth tenth = Of(entry);
        tenth.Entries++;
        tenth.Bytes += bytes;
        tenth.Expired += isExpired ? 1 : 0;
        if (entry.ExpiresAt == 0)
            return;
        tenth.Expiring++;
        tenth.First = Math.Min(tenth.First, entry.ExpiresAt);
        tenth.Last = Math.Max(tenth.Last, entry.ExpiresAt);
    }

    /// <summary>All entries were added.</summary>
    public IReadOnlyList<ZonesAgeRow> Rows()
    {
        foreach (Tenth tenth in _tenths.Where(tenth => tenth.Expiring > 0))
            tenth.Search = new MedianSearch(tenth.First, tenth.Last, tenth.Expiring);
        while (_tenths.Any(tenth => tenth.Search is { Median: null }))
        {
            foreach (LuaDictRecord entry in dict.Records)
            {
                if (entry.ExpiresAt != 0)
                    Of(entry).Search!.Add(entry.ExpiresAt);
            }

            foreach (Tenth tenth in _tenths.Where(tenth => tenth.Search is { Median: null }))
                tenth.Search!.Narrow();
        }

        return
        [
            .. _tenths.Where(tenth => tenth.Entries > 0).Select(tenth => new ZonesAgeRow(
                tenth.Entries, tenth.Bytes, tenth.Expired, tenth.Entries - tenth.Expiring, tenth.Search?.Median - dict.ReadAt)),
        ];
    }

    /// <summary>A tenth starts at the place that is so many tenths of all, rounded down.</summary>
    private Tenth Of(LuaDictRecord entry) => _tenths[((Tenths * (entry.Place + 1L)) - 1) / _entries];

    private sealed class Tenth
    {
        public long Entries { get; set; }

        public long Bytes { get; set; }

        public long Expired { get; set; }

        public long Expiring { get; set; }

        public long First { get; set; } = long.MaxValue;

        public long Last { get; set; }

        /// <summary>Among the times at which entries expire; null when none does.</summary>
        public MedianSearch? Search { get; set; }
    }
}
