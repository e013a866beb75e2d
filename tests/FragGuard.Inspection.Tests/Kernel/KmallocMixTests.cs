using System;
using FragGuard.Inspection.Kernel;

namespace FragGuard.Inspection.Tests.Kernel;

public sealed class KmallocMixTests
{
    private const string Head = "            bash-16474   [000] .....     53286086: ";

    private readonly KmallocMix _mix = new();

    [Fact]
    public void Requests_AreSummedBySizeAndBySite()
    {
        Allocate("alloc_fdtable+0x55/0x140", "a1", 56, 64);
        Allocate("alloc_fdtable+0x55/0x140", "a2", 40, 64);
        Allocate("ffffffff8125a0b1", "a3", 4096, 4096);

        Assert.Equal(3, _mix.Requests);
        Assert.Equal([4096L, 64L], [_mix.Sizes[0].GrantedBytes, _mix.Sizes[1].GrantedBytes]);
        KmallocSum small = _mix.Sizes[1].Sum;
        Assert.Equal((2, 96, 128, 2), (small.Requests, small.RequestedBytes, small.GrantedBytes, small.Live));
        Assert.Equal("ffffffff8125a0b1", _mix.Sites[0].CallSite);
        Assert.Equal(2, _mix.Sites[1].Sum.Requests);
    }

    [Fact]
    public void FreedBlock_IsNoLongerLive()
    {
        Allocate("a", "11", 8, 8);
        Allocate("a", "22", 8, 8);
        Free("11");
        Free("11");
        Free("0");

        Assert.Equal(1, _mix.Sizes[0].Sum.Live);
    }

    [Fact]
    public void AddressGivenTwice_WasFreedUnseen()
    {
        Allocate("a", "11", 8, 8);
        Allocate("b", "11", 16, 16);

        Assert.Equal([0L, 1L], [_mix.Sites[1].Sum.Live, _mix.Sites[0].Sum.Live]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Head + "kmalloc: call_site=a ptr=1 bytes_req=x bytes_alloc=8")]
    [InlineData(Head + "kmalloc: call_site= ptr=1 bytes_req=8 bytes_alloc=8")]
    [InlineData(Head + "kmalloc: call_site=a ptr=1 bytes_req=8 bytes_alloc=99999999999999999999")]
    [InlineData(Head + "kmem_cache_alloc: call_site=a ptr=1 bytes_req=8 bytes_alloc=8")]
    public void OtherLine_IsPassedOver(string line)
    {
        _mix.Add(line);

        Assert.Equal(0, _mix.Requests);
    }

    [Fact]
    public void NameOfTheProcess_IsNotTakenForAnEvent()
    {
        _mix.Add(" : kmalloc: call_site=x-1 [000] ..... 12: kfree: call_site=b ptr=1");

        Assert.Equal(0, _mix.Requests);
    }

    [Fact]
    public void ManySites_StayBounded()
    {
        for (int i = 0; i < 70_000; i++)
            Allocate(FormattableString.Invariant($"site{i}"), "p", 8, 8);

        Assert.InRange(_mix.Sites.Count, 1, 65_537);
        Assert.Equal("others", _mix.Sites[0].CallSite);
    }

    private void Allocate(string site, string pointer, long requested, long granted) => _mix.Add(FormattableString.Invariant(
        $"{Head}kmalloc: call_site={site} ptr={pointer} bytes_req={requested} bytes_alloc={granted} gfp_flags=GFP_KERNEL node=-1 accounted=false"));

    private void Free(string pointer) => _mix.Add($"{Head}kfree: call_site=perf_event_mmap+0x258/0x3e0 ptr={pointer}");
}
