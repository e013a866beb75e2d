using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Inspection.Nginx;

/// <summary>Hands a zone that was read over to the simulator, page by page and list by list, so that it goes on from there.</summary>
public static class ZoneRestore
{
    /// <exception cref="InspectionException">The zone is torn, or divided in a way that the simulator does not know.</exception>
    public static SlabPool Pool(SlabZone zone)
    {
        SlabHeader header = zone.Table.Header;
        if (zone.Reading.IsTorn)
            throw Impossible("it is torn");
        try
        {
            SlabRules rules = zone.HasStatistics ? SlabRules.Newest : SlabRules.Of("1.11.6");
            SlabGeometry geometry = new(zone.Bytes, zone.PageBytes, zone.HasSemaphore ? rules : rules.WithoutSemaphores);
            if (geometry.Pages != zone.Pages || geometry.FirstPageBytes != (long)(header.Start - header.Base))
                throw Impossible("its pages are divided in no known way");
            return SlabPool.Restore(geometry, [.. Pages(zone.Table)], zone.Table.FreeRuns, zone.Table.PartialPages);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw Impossible(exception.Message);
        }
    }

    /// <summary>Entries have the ids 0, 1, … from the least recently used one on.</summary>
    /// <exception cref="InspectionException">The zone is torn, no shared dictionary, or was not read whole.</exception>
    public static LuaSharedDictModel Dict(SlabZone zone)
    {
        if (zone.Dict is not { } dict)
            throw Impossible("it is no shared dictionary, so nothing is known of what its owner would evict");
        if (!dict.IsWhole)
            throw Impossible(dict.IsCut ? "it has more entries than are read" : "its entries changed while they were read");
        ILookup<int, LuaDictListElement> elements = dict.Elements.ToLookup(element => element.Entry);
        LuaDictRules rules = LuaDictRules.Of(dict.EntryOverheadBytes == 68 ? "0.10.23" : "0.10.6");
        return LuaSharedDictModel.Restore(
            Pool(zone), rules,
            Enumerable.Range(0, dict.Entries.Count).Reverse().Select(i => Recorded(dict, i, elements[i])), dict.ReadAt);
    }

    private static RecordedLuaDictEntry Recorded(LuaDictContent dict, int place, IEnumerable<LuaDictListElement> elements)
    {
        LuaDictRecord entry = dict.Entries[place];
        return new RecordedLuaDictEntry(
            dict.Records.OffsetBytesOf(entry), entry.KeyBytes, entry.ValueBytes, entry.ExpiresAt,
            entry.Type == LuaDictType.List
                ? [.. elements.Select(element => new LuaDictElement(element.OffsetBytes, element.ValueBytes, -1))]
                : null);
    }

    private static IEnumerable<SlabPageState> Pages(ZonePageTable table)
    {
        for (int page = 0; page < table.Pages.Count;)
        {
            ZonePage found = table.Pages[page];
            yield return found.Use switch
            {
                ZonePageUse.FreeStart => SlabPageState.Free(found.Pages),
                ZonePageUse.BlockStart => SlabPageState.Block(found.Pages),
                _ => SlabPageState.Cut(found.Shift, Map(table, found)),
            };
            page += Math.Max(1, found.Pages);
        }
    }

    private static ArraySegment<ulong> Map(ZonePageTable table, ZonePage cut) => ZoneSlots.HasWideMap(table.Header.PageShift, cut.Shift)
        ? new ArraySegment<ulong>(table.WideMaps, (int)cut.Map, ZoneSlots.PerPage(table.Header.PageShift, cut.Shift) / 64)
        : new ArraySegment<ulong>([cut.Map]);

    private static InspectionException Impossible(string why) =>
        new(InspectionFailure.Invalid, $"Nothing can be simulated for this zone: {why}.");
}
