using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>One zone of one node: what is free in it, and for requests of which order.</summary>
/// <param name="Buddies">Free blocks per order.</param>
/// <param name="Info">Extent and watermarks; null when they are not known.</param>
public sealed record KernelZone(BuddyInfo Buddies, ZoneInfo? Info)
{
    public int Node => Buddies.Node;

    public string Name => Buddies.Zone;

    public int Orders => Buddies.FreeBlocks.Count;

    public long FreePages => Buddies.FreePages;

    /// <summary>The kernel's unusable index per order, in thousandths of the free pages.</summary>
    public IReadOnlyList<int> Unusable => [.. Enumerable.Range(0, Orders).Select(order => FragmentationIndex.Unusable(Buddies.FreeBlocks, order))];

    /// <summary>The kernel's external index per order, in thousandths; −1000 where a request would succeed.</summary>
    public IReadOnlyList<int> External => [.. Enumerable.Range(0, Orders).Select(order => FragmentationIndex.External(Buddies.FreeBlocks, order))];

    /// <summary>Free pages in blocks of at least that order.</summary>
    public long UsablePages(int order) => Buddies.FreeBlocks.Select((blocks, of) => of < order ? 0 : blocks << of).Sum();

    /// <summary>Largest order of which a block is free; −1 when nothing is.</summary>
    public int LargestOrder => Buddies.FreeBlocks.Select((blocks, order) => blocks > 0 ? order : -1).DefaultIfEmpty(-1).Max();

    /// <summary>Free pages above the watermark low, boost included; negative while the reclaimer is to run.</summary>
    public long? PagesAboveLow => Info is null ? null : FreePages - Info.Watermarks.Low - Info.BoostPages;

    /// <summary>Free pages above the watermark min, boost included: below it requests stall in reclaim.</summary>
    public long? PagesAboveMin => Info is null ? null : FreePages - Info.Watermarks.Min - Info.BoostPages;

    public OrderOutlook Outlook => OrderOutlooks.Of(LargestOrder, Orders - 1);
}
