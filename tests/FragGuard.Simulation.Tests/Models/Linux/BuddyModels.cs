using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>Short ways to make and drive a model.</summary>
internal static class BuddyModels
{
    public const int Page = 4_096;

    /// <param name="settings">Such as "memory=8m".</param>
    public static LinuxBuddyModel Create(params string[] settings) => (LinuxBuddyModel)AllocatorModels.Create(
        "linux-buddy", settings.Select(setting => setting.Split('='))
            .Select(parts => new KeyValuePair<string, string>(parts[0], parts[1])));

    public static EventOutcome Allocate(
        this LinuxBuddyModel model, long id, long pages, BlockTraits traits = BlockTraits.None) =>
        model.Apply(new AllocationEvent(
            AllocationEventKind.Allocate, id, pages * Page, Traits: traits, Site: (int)id));

    public static EventAnswer Free(this LinuxBuddyModel model, long id) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Free, id)).Answer;

    public static void Trim(this LinuxBuddyModel model) => model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));

    /// <summary>Allocates single pages with ids from 1 until one is refused.</summary>
    /// <returns>Pages granted.</returns>
    public static int Fill(this LinuxBuddyModel model, BlockTraits traits = BlockTraits.None)
    {
        int id = 1;
        while (model.Allocate(id, 1, traits).Answer == EventAnswer.Ok)
            id++;
        model.Free(id);
        return id - 1;
    }

    /// <summary>Page of the block whose site is its id.</summary>
    public static long PageOf(this LinuxBuddyModel model, long id) =>
        model.Layout().Extents.Single(extent => extent.Use == ExtentUse.Used && extent.Site == id).Extent.Start / Page;
}
