using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>The slab zones of one nginx process, master or worker: they share them all.</summary>
public sealed class NginxZones
{
    private const string NoZones =
        "shares no memory in which a slab zone of nginx was found: it is no nginx, or its configuration has no zones.";

    private static readonly string LeftOut = string.Create(
        CultureInfo.InvariantCulture, $"left out: more than {SlabHeader.MostPages:N0} pages in one, or than {ZoneBudget.MostPages:N0} in all together, are not read.");

    private NginxZones(IReadOnlyList<SlabZone> zones, int sharedMappings, int unread)
    {
        Unread = unread;
        Zones = zones;
        SharedMappings = sharedMappings;
    }

    /// <summary>In the order of addresses.</summary>
    public IReadOnlyList<SlabZone> Zones { get; }

    /// <summary>Further zones that were left out: they, or all together, have more pages than are read.</summary>
    public int Unread { get; }

    /// <summary>Writable shared mappings of the process, zones included.</summary>
    public int SharedMappings { get; }

    /// <exception cref="InspectionException">The process has no slab zones, or none that is read; or it ended meanwhile.</exception>
    public static NginxZones Read(InspectedProcess process)
    {
        IReadOnlyList<SharedMemory> shared = SharedMemory.Of(process.Mappings());
        using NginxRelatives relatives = NginxRelatives.Of(process);
        (InspectedProcess Process, HashSet<SharedMemory> Shared)[] family =
            [.. relatives.Processes.Select(relative => (relative, SharedOf(relative)))];
        ZoneBudget budget = new();
        SlabZone[] zones = [.. shared.Select(memory => TryRead(process, memory, family, budget)).OfType<SlabZone>()];
        process.RequireRunning();
        if (zones.Length > 0)
            return new NginxZones(zones, shared.Count, budget.Unread);
        throw new InspectionException(InspectionFailure.NotFound, string.Create(
            CultureInfo.InvariantCulture, $"Process {process.ProcessId} {(budget.Unread == 0 ? NoZones : OnlyUnread(budget.Unread))}"));
    }

    private static string OnlyUnread(int zones) => string.Create(
        CultureInfo.InvariantCulture, $"has {zones} slab {(zones == 1 ? "zone of nginx, which was" : "zones of nginx, which were")} {LeftOut}");

    private static SlabZone? TryRead(
        InspectedProcess process, SharedMemory memory, (InspectedProcess Process, HashSet<SharedMemory> Shared)[] family,
        ZoneBudget budget)
    {
        ResidenceSource[] residence =
        [
            process.Pages.Of,
            .. family.Where(relative => relative.Shared.Contains(memory)).Select(relative => (ResidenceSource)relative.Process.Pages.Of),
        ];
        using SharedObjectMemory? behind = SharedObjectMemory.TryOpen(process.ProcessId, memory);
        return new SlabZoneReader(behind ?? process.Memory, residence, budget).TryRead(memory.Start, memory.End);
    }

    private static HashSet<SharedMemory> SharedOf(InspectedProcess process)
    {
        try
        {
            return [.. SharedMemory.Of(process.Mappings())];
        }
        catch (InspectionException)
        {
            return [];
        }
    }
}
