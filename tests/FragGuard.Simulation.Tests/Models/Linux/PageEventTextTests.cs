using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class PageEventTextTests
{
    private const string Head = "           bash-1234    [001] d..3.   3053874: ";

    [Theory]
    [InlineData("mm_page_alloc_zone_locked: page=00000000ab2f5abf pfn=0x306708 order=2 migratetype=0 percpu_refill=1", PageEventKind.Taken, 2)]
    [InlineData("mm_page_pcpu_drain: page=00000000ab2f5abf pfn=0x306708 order=3 migratetype=1", PageEventKind.Drained, 3)]
    [InlineData("mm_page_free: page=00000000ab2f5abf pfn=0x306708 order=10", PageEventKind.Freed, 10)]
    [InlineData("mm_page_alloc: page=00000000ab2f5abf pfn=0x306708 order=0 migratetype=1 gfp_flags=GFP_NOFS|__GFP_ZERO", PageEventKind.Allocated, 0)]
    [InlineData("mm_page_alloc_extfrag: page=00000000ab2f5abf pfn=0x306708 alloc_order=1 fallback_order=7 pageblock_order=9 alloc_migratetype=1 fallback_migratetype=0 fragmenting=1 change_ownership=0", PageEventKind.TakenFromOtherType, 1)]
    public void PageEvent_IsRead(string text, PageEventKind kind, int order)
    {
        Assert.True(PageEventText.TryParse(Head + text, out PageEvent read));
        Assert.Equal(new PageEvent(kind, 0x306708, order, MigrateType: kind == PageEventKind.Allocated ? 1 : -1), read);
        Assert.True(PageEventText.TryParse(PageEventText.Line(read), out PageEvent again));
        Assert.Equal(read, again);
    }

    [Fact]
    public void NameOfTheProcess_IsNotTakenForAnEvent()
    {
        const string Line = " : mm_page_free: pfn=0x1 order=7 [0] x-12 [001] d..3.   77: mm_page_pcpu_drain: page=0 pfn=0x2 order=1 migratetype=1";

        Assert.True(PageEventText.TryParse(Line, out PageEvent read));
        Assert.Equal(new PageEvent(PageEventKind.Drained, 2, 1), read);
    }

    [Fact]
    public void Isolation_IsReadWithItsRange()
    {
        const string Line = Head + "mm_compaction_isolate_freepages: range=(0x306600 ~ 0x306640) nr_scanned=64 nr_taken=33";

        Assert.True(PageEventText.TryParse(Line, out PageEvent read));
        Assert.Equal(new PageEvent(PageEventKind.Isolated, 0x306600, EndPage: 0x306640, TakenPages: 33), read);
        Assert.True(PageEventText.TryParse(PageEventText.Line(read), out PageEvent again));
        Assert.Equal(read, again);
    }

    [Fact]
    public void Mark_KeepsItsText()
    {
        Assert.True(PageEventText.TryParse("  test-9   [000] .....  12: tracing_mark_write: before: 3\n", out PageEvent read));
        Assert.Equal(new PageEvent(PageEventKind.Mark, -1, Mark: "before: 3"), read);
        Assert.True(PageEventText.TryParse(PageEventText.Line(read), out PageEvent again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("CPU:2 [LOST 123 EVENTS]", 123)]
    [InlineData("CPU:0 [LOST EVENTS]", 1)]
    public void Loss_IsCounted(string line, long lost)
    {
        Assert.True(PageEventText.TryParse(line, out PageEvent read));
        Assert.Equal((PageEventKind.Lost, lost), (read.Kind, read.LostEvents));
        Assert.True(PageEventText.TryParse(PageEventText.Line(read), out PageEvent again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# tracer: nop")]
    [InlineData(": ")]
    [InlineData(Head + "sched_switch: prev=1 pfn=0x1 order=1")]
    [InlineData(Head + "mm_page_free: page=0 order=1")]
    [InlineData(Head + "mm_page_free: page=0 pfn=0x order=1")]
    [InlineData(Head + "mm_page_free: page=0 pfn=0xffffffffffffffffff order=1")]
    [InlineData(Head + "mm_page_free: page=0 pfn=0x1 order=11")]
    [InlineData(Head + "mm_page_free: page=0 pfn=0x1 order=-1")]
    public void AnythingElse_IsPassedOver(string line) => Assert.False(PageEventText.TryParse(line, out _));
}
