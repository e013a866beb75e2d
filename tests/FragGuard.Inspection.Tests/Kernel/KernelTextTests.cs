using System.Linq;
using FragGuard.Inspection.Kernel;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Tests.Kernel;

public sealed class KernelTextTests
{
    [Theory]
    [InlineData(SavedTexts.TwoNodes, KernelTextKind.BuddyInfo)]
    [InlineData(SavedTexts.FourteenOrders, KernelTextKind.BuddyInfo)]
    [InlineData(SavedTexts.PageTypes, KernelTextKind.PageTypeInfo)]
    [InlineData(SavedTexts.Zones, KernelTextKind.ZoneInfo)]
    [InlineData(SavedTexts.Slabs, KernelTextKind.SlabInfo)]
    [InlineData(SavedTexts.OldSlabs, KernelTextKind.SlabInfo)]
    [InlineData(SavedTexts.Memory, KernelTextKind.MemoryInfo)]
    [InlineData(SavedTexts.Counters, KernelTextKind.Counters)]
    [InlineData("Node 0, zone      DMA 0.000 0.000 0.001 \n", KernelTextKind.UnusableIndex)]
    [InlineData("Node 0, zone      DMA -1.000 -1.000 0.931 \n", KernelTextKind.ExternalIndex)]
    public void Text_IsRecognisedByItsContent(string text, KernelTextKind kind)
    {
        Assert.Equal(kind, KernelTextKinds.Recognise("saved.txt", text)!.Kind);
        Assert.Equal(kind, KernelTextKinds.Recognise("saved.txt", text.Replace("\n", "\r\n", System.StringComparison.Ordinal))!.Kind);
    }

    [Fact]
    public void PromptBeforeTheText_IsPassedOver()
    {
        KernelText text = KernelTextKinds.Recognise("saved.txt", "[root@db1 ~]# cat /proc/buddyinfo\n" + SavedTexts.TwoNodes)!;

        Assert.Equal(4, KernelSnapshot.From([text], []).Zones.Count);
    }

    [Fact]
    public void IndentedText_IsReadAsAnyOther()
    {
        string indented = "    " + SavedTexts.PageTypes.Replace("\n", "\n    ", System.StringComparison.Ordinal);

        Assert.Equal(6, Of(indented).PageTypes!.Blocks.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("It was the best of times.\n")]
    [InlineData("{ \"Node\": 0 }")]
    [InlineData("Node 0, zone")]
    public void ForeignText_IsNotRecognised(string text) => Assert.Null(KernelTextKinds.Recognise("saved.txt", text));

    [Fact]
    public void Zones_OfTwoNodesAreJoinedWithTheirWatermarks()
    {
        KernelSnapshot kernel = Of(SavedTexts.TwoNodes, SavedTexts.Zones);

        KernelZone far = Assert.Single(kernel.Zones, zone => zone is { Node: 1 });
        Assert.Equal(394_601, far.Buddies.FreeBlocks.Select((blocks, order) => blocks << order).Sum());
        Assert.Equal(394_601 - 11_250, far.PagesAboveLow);
        Assert.Equal(394_601 - 9_000, far.PagesAboveMin);
        Assert.Null(kernel.Zones[0].Info);
    }

    [Fact]
    public void FourteenOrders_HaveAnIndexEach()
    {
        KernelZone zone = Assert.Single(Of(SavedTexts.FourteenOrders).Zones);

        Assert.Equal(14, zone.Unusable.Count);
        Assert.Equal((13, OrderOutlook.AllServed), (zone.LargestOrder, zone.Outlook));
        Assert.Equal(1_000 * (zone.FreePages - (7L << 13)) / zone.FreePages, zone.Unusable[13]);
    }

    [Theory]
    [InlineData("1 1 1 1 1 1 1 1 1 1 1", OrderOutlook.AllServed)]
    [InlineData("1 1 1 1 1 1 1 1 0 0 0", OrderOutlook.LargeFail)]
    [InlineData("0 0 0 0 0 0 0 0 0 1 0", OrderOutlook.LargeFail)]
    [InlineData("1 1 1 1 1 1 1 0 0 0 0", OrderOutlook.TroublePossible)]
    [InlineData("1 1 1 1 1 0 0 0 0 0 0", OrderOutlook.TroublePossible)]
    [InlineData("9 9 9 1 0 0 0 0 0 0 0", OrderOutlook.TroubleLikely)]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0", OrderOutlook.NothingFree)]
    public void Outlook_FollowsTheRulesOfThumb(string blocks, OrderOutlook outlook) =>
        Assert.Equal(outlook, Of("Node 0, zone Normal " + blocks).Zones[0].Outlook);

    [Fact]
    public void PageTypes_AreReadWithTheirCap()
    {
        PageTypeInfo types = Of(SavedTexts.PageTypes).PageTypes!;

        Assert.Equal(9, types.PageBlockOrder);
        FreeBlocksOfType movable = Assert.Single(types.Free, row => row.IsCapped);
        Assert.Equal(("Movable", 100_000), (movable.Type, movable.FreeBlocks[0]));
        Assert.Equal(7_410, Assert.Single(types.Blocks, row => row.Type is "Movable").Blocks);
    }

    [Fact]
    public void PageTypesAlone_GiveZonesUnlessCapped()
    {
        Assert.Empty(Of(SavedTexts.PageTypes).Zones);

        KernelZone zone = Assert.Single(Of(SavedTexts.PageTypes.Replace('>', ' ')).Zones);

        Assert.Equal(100_000 + 311 + 12, zone.Buddies.FreeBlocks[0]);
    }

    [Fact]
    public void SlabCaches_AreOrderedByPagesWithTheirWaste()
    {
        SlabCache largest = Of(SavedTexts.Slabs).Slabs![0];

        Assert.Equal(("dentry", 20_000), (largest.Name, largest.Pages));
        Assert.Equal((20_000 * 4_096) - (90_000 * 192), largest.WasteBytes(4_096));
        Assert.Equal(("size-64", 39), (Of(SavedTexts.OldSlabs).Slabs![0].Name, Of(SavedTexts.OldSlabs).Slabs![0].Pages));
    }

    [Fact]
    public void Counters_BelowZeroAreNotKnown()
    {
        KernelSnapshot kernel = Of(SavedTexts.Counters);

        Assert.Equal(912, kernel.Counter("compact_stall"));
        Assert.Null(kernel.Counter("nr_unstable"));
        Assert.Empty(kernel.Gaps);
    }

    [Theory]
    [InlineData(SavedTexts.Zones)]
    [InlineData(SavedTexts.Counters)]
    public void PageSize_FollowsFromReclaimableSlabsInBytesAndInPages(string pages)
    {
        KernelSnapshot known = Of(SavedTexts.Memory, pages);
        KernelSnapshot unknown = Of(SavedTexts.TwoNodes);

        Assert.Equal((4_096, true), (known.PageBytes, known.IsPageSizeKnown));
        Assert.Equal((4_096, false), (unknown.PageBytes, unknown.IsPageSizeKnown));
        Assert.Equal(65_536, Of(MemoryWith("901220", "14419520"), pages).PageBytes);
    }

    /// <summary>As in a virtual machine whose hypervisor took half of the memory, or three quarters: MemTotal is what it was.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void MemoryThatAHypervisorTook_ChangesNoPageSize(int part)
    {
        string taken = SavedTexts.Zones.Replace("managed  4108110", $"managed  {4_108_110 / part}", System.StringComparison.Ordinal)
            .Replace("managed  4128768", $"managed  {4_128_768 / part}", System.StringComparison.Ordinal);
        KernelSnapshot known = Of(SavedTexts.Memory, taken);
        KernelSnapshot unknown = Of(SavedTexts.Memory, taken.Replace("nr_slab_reclaimable", "nr_other", System.StringComparison.Ordinal));

        Assert.Equal((4_096, true), (known.PageBytes, known.IsPageSizeKnown));
        Assert.Equal((4_096, false), (unknown.PageBytes, unknown.IsPageSizeKnown));
    }

    [Fact]
    public void PageSize_FollowsFromHugePagesOverPageBlocks()
    {
        KernelSnapshot known = Of(SavedTexts.Memory, SavedTexts.PageTypes);

        Assert.Equal((4_096, true), (known.PageBytes, known.IsPageSizeKnown));
        Assert.Equal(16_384, Of(MemoryWith("2048 kB", "8192 kB"), SavedTexts.PageTypes).PageBytes);
        Assert.False(Of(MemoryWith("2048 kB", "4096 kB"), SavedTexts.PageTypes).IsPageSizeKnown);
    }

    [Fact]
    public void PageSizesThatContradict_AreNotKnown()
    {
        KernelSnapshot kernel = Of(MemoryWith("2048 kB", "8192 kB"), SavedTexts.Zones, SavedTexts.PageTypes);

        Assert.Equal((4_096, false), (kernel.PageBytes, kernel.IsPageSizeKnown));
    }

    [Fact]
    public void DamagedText_IsAGapAndTheOthersAreRead()
    {
        KernelSnapshot kernel = Of(SavedTexts.TwoNodes + "\nNode 1, zone Normal 3 x", SavedTexts.Slabs);

        Assert.Empty(kernel.Zones);
        Assert.NotNull(kernel.Slabs);
        KernelGap gap = Assert.Single(kernel.Gaps);
        Assert.StartsWith("damaged: ", gap.Reason, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Node 0, zone Normal 99999999999999999999 0 0")]
    [InlineData("Node 99999999999, zone Normal 0 0 0")]
    [InlineData("Node 0, zone Normal 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 9")]
    [InlineData("Node 0, zone Normal 0 0 0 0 0 0 0 0 0 0 99999999999999")]
    public void AbsurdNumbers_AreDamage(string line) => Assert.Single(Of(line).Gaps);

    [Fact]
    public void Index_OfPrintedLinesIsCompared()
    {
        const string Blocks = "Node 0, zone Normal 3 0 1 0 0 0 0 0 0 0 1";
        IndexCheck same = Of(Blocks, "Node 0, zone   Normal 0.000 0.002 0.002 0.006 0.006 0.006 0.006 0.006 0.006 0.006 0.006").Check!;
        IndexCheck other = Of(Blocks, "Node 0, zone   Normal 0.000 0.002 0.002 0.006 0.006 0.006 0.006 0.006 0.006 0.006 0.007").Check!;

        Assert.Equal(new IndexCheck(11, 0), same);
        Assert.Equal(new IndexCheck(11, 1), other);
        Assert.Equal("0.006", FragmentationIndex.Text(Of(Blocks).Zones[0].Unusable[10]));
    }

    /// <summary>2^37 pages are 2^53 bytes where pages are largest.</summary>
    [Theory]
    [InlineData("134217728 1", 0)]
    [InlineData("134217729 1", 1)]
    [InlineData("134217727 2", 1)]
    public void SlabsOfMorePagesThanAnyMachineHas_AreDamage(string slabs, int gaps)
    {
        string[] parts = slabs.Split(' ');
        string lines = string.Join('\n', Enumerable.Range(0, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))
            .Select(line => $"kmalloc-{line} 1 1 64 64 1024 : tunables 0 0 0 : slabdata {parts[0]} {parts[0]} 0"));

        Assert.Equal(gaps, Of(lines).Gaps.Count);
    }

    [Fact]
    public void KilobytesBeyondAnyMachine_AreNotKnown()
    {
        KernelSnapshot kernel = Of("MemTotal: 8796093022208 kB\nSlab: 8796093022209 kB");

        Assert.Equal((1L << 43, null), (kernel.Kilobytes("MemTotal"), kernel.Kilobytes("Slab")));
        Assert.Equal(1L << 44, Of("nr_dirtied 17592186044416").Counter("nr_dirtied"));
    }

    private static string MemoryWith(string what, string instead) => SavedTexts.Memory.Replace(what, instead, System.StringComparison.Ordinal);

    private static KernelSnapshot Of(params string[] texts) =>
        KernelSnapshot.From([.. texts.Select(text => KernelTextKinds.Recognise("saved.txt", text)!)], []);
}
