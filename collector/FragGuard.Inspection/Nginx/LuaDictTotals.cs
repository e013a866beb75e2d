using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>What one way through the entries of a dictionary tells.</summary>
internal sealed class LuaDictTotals
{
    private readonly List<(int Place, int Slot)> _lists = [];

    public LuaDictTotals(LuaDictForm form, LuaDictRecords records, int pageShift)
    {
        int[] keys = new int[ushort.MaxValue + 1];
        foreach (ref readonly LuaDictRecord entry in records)
        {
            long bytes = form.BytesOf(entry);
            EntryBytes += bytes;
            GrantedBytes += ZoneSlots.GrantedFor(pageShift, bytes);
            keys[entry.KeyBytes]++;
            if (entry.Type == LuaDictType.List)
                _lists.Add((entry.Place, entry.Slot));
        }

        _lists.Sort();
        for (int left = records.Count / 2; records.Count > 0 && left >= keys[MedianKeyBytes]; MedianKeyBytes++)
            left -= keys[MedianKeyBytes];
    }

    /// <summary>Bytes asked for to hold the entries, list elements not included.</summary>
    public long EntryBytes { get; }

    /// <summary>Bytes of their slots and blocks.</summary>
    public long GrantedBytes { get; }

    /// <summary>Of the keys; 0 without entries.</summary>
    public int MedianKeyBytes { get; }

    /// <summary>Those that are lists, in their order of use.</summary>
    public IReadOnlyList<(int Place, int Slot)> Lists => _lists;
}
