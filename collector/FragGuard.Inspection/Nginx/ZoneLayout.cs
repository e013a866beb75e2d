using System.Linq;
using FragGuard.Simulation.Heap;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// A zone as a heap layout. Of a shared dictionary that was read whole, live bytes are its entries and list elements, and
/// its own two records are metadata; of any other zone they are all slots and blocks in use.
/// </summary>
internal static class ZoneLayout
{
    public static HeapLayout Of(SlabZone zone, ZonePageTable table)
    {
        SlabHeader header = table.Header;
        LuaDictContent? dict = zone.Dict is { IsWhole: true } whole ? whole : null;
        long granted = dict?.GrantedBytes ?? zone.UsedBytes;
        HeapCounters counters = new(
            dict?.EntryBytes ?? granted, granted, zone.Bytes, zone.Residence.ResidentBytes, zone.FreeBytes,
            (long)zone.FreePages * zone.PageBytes);
        SizeClass[] classes =
        [
            .. table.Classes.Select((row, i) => new SizeClass(
                row.SlotBytes, row.Pages,
                row.Used + (row.Pages * ZoneSlots.OfBitmap(header.PageShift, SlabHeader.MinShift + i)), row.Free)),
        ];
        ZonePages pages = new(zone.Bytes, zone.PageBytes, zone.Pages, zone.FreePages, zone.LargestRunPages);
        return new HeapLayout(counters, new ZoneExtents(table, dict), classes, pages, zone.PageBytes);
    }
}
