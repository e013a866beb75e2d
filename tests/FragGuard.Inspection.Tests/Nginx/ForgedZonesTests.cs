using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>Zones in every form, from memory that a test wrote itself.</summary>
public sealed class ForgedZonesTests
{
    public static TheoryData<bool, bool, int> Forms
    {
        get
        {
            TheoryData<bool, bool, int> forms = [];
            foreach (bool hasSemaphore in new[] { true, false })
            {
                foreach (bool hasStatistics in new[] { true, false })
                {
                    foreach (int pageShift in new[] { 12, 14, 16 })
                        forms.Add(hasSemaphore, hasStatistics, pageShift);
                }
            }

            return forms;
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void EveryForm_IsReadAsItWasWritten(bool hasSemaphore, bool hasStatistics, int pageShift)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            ForgedZone forged = new(new Random(seed), hasSemaphore, hasStatistics, pageShift, pages: 60, oldEntries: seed % 2 == 0);

            SlabZone zone = Read(forged)!;

            Assert.Equal(ZoneDoubts.None, zone.Reading.Doubts);
            Assert.Equal((hasSemaphore, hasStatistics, 1 << pageShift, 60), (zone.HasSemaphore, zone.HasStatistics, zone.PageBytes, zone.Pages));
            Assert.Equal(new ZoneLabel("lua_shared_dict zone", "ab"), zone.Label);
            Assert.Equal(forged.FreeRuns, zone.FreeRuns.Select(run => (run.Page, run.Pages)));
            Assert.Equal(forged.FreeRuns.Max(run => run.Pages), zone.LargestRunPages);
            Assert.Equal(forged.BlockPages, zone.BlockPages);
            Assert.Equal(forged.ClassPages, zone.Classes.Select(row => row.Pages));
            Assert.Equal(forged.Used, zone.Classes.Select(row => row.Used));
            Assert.Equal(forged.Free, zone.Classes.Select(row => row.Free));
            Assert.True(zone.Dict!.IsWhole);
            Assert.Equal(seed % 2 == 0 ? 76 : 68, zone.Dict.EntryOverheadBytes);
            Assert.Equal(forged.Entries, zone.Dict.Entries.Select(entry => ((int)entry.KeyBytes, entry.ValueBytes, entry.ExpiresAt)));
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void Layout_CoversTheZoneWithoutOverlap(bool hasSemaphore, bool hasStatistics, int pageShift)
    {
        SlabZone zone = Read(new ForgedZone(new Random(3), hasSemaphore, hasStatistics, pageShift, pages: 60))!;

        HeapLayout layout = zone.Layout;

        long at = 0;
        foreach (LayoutExtent extent in layout.Extents)
        {
            Assert.Equal(at, extent.Extent.Start);
            at = extent.Extent.End;
        }

        Assert.Equal(zone.Bytes, at);
        Assert.Equal(zone.FreeBytes, FragmentationMetrics.From(layout).FreeBytes);
        Assert.Equal(
            layout.Counters.GrantedBytes, layout.Extents.Where(extent => extent.Use == ExtentUse.Used).Sum(extent => extent.Extent.Bytes));
        int[] random = [.. Enumerable.Range(0, layout.Extents.Count)];
        new Random(5).Shuffle(random);
        LayoutExtent[] inOrder = [.. layout.Extents];
        Assert.All(random.Take(2_000), i => Assert.Equal(inOrder[i], layout.Extents[i]));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Metrics_AreThoseOfTheLayout(bool hasSemaphore, bool hasStatistics, int pageShift)
    {
        for (int seed = 1; seed <= 5; seed++)
            AssertSameMetrics(Read(new ForgedZone(new Random(seed), hasSemaphore, hasStatistics, pageShift, pages: 40))!);
    }

    [Fact]
    public void Extents_OfAZoneOfOtherKind_CountAsAskedFor()
    {
        ForgedZone forged = new(new Random(4), true, true, 12, pages: 60);
        forged.Bytes.AsSpan(168, 8).Clear();

        SlabZone zone = Read(forged)!;

        Assert.Equal(ZoneLabel.None, zone.Label);
        Assert.Null(zone.Dict);
        Assert.Equal(zone.UsedBytes, zone.Layout.Counters.LiveRequestedBytes);
        Assert.Equal(0, FragmentationMetrics.From(zone.Layout).Internal);
    }

    [Fact]
    public void CountOfFreePages_ThatIsNotTheFreeRuns_IsADoubt()
    {
        ForgedZone forged = new(new Random(6), true, true, 12, pages: 60);
        SlabZone whole = Read(forged)!;
        forged.Bytes[80]++;

        SlabZone torn = Read(forged)!;

        Assert.False(whole.Reading.IsTorn);
        Assert.True(torn.Reading.IsTorn);
        Assert.Equal(ZoneDoubts.FreeList, torn.Reading.Doubts);
        Assert.True(torn.Reading.Attempts > 1);
    }

    [Fact]
    public void ZoneRewrittenDuringTheFirstReading_IsReadAgain()
    {
        ForgedZone forged = new(new Random(7), true, true, 12, pages: 60);
        byte used = forged.Bytes[200 + (9 * 24) + 8];
        int reads = 0;
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes)
        {
            Before = _ => forged.Bytes[200 + (9 * 24) + 8] = reads++ == 1 ? (byte)(used + 1) : used,
        };

        SlabZone zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!;

        Assert.False(zone.Reading.IsTorn);
        Assert.Equal(2, zone.Reading.Attempts);
    }

    /// <summary>As of a zone with more records than are read at once.</summary>
    [Fact]
    public void RecordsReadInTwoPieces_AreThoseOfOne()
    {
        ForgedZone forged = new(new Random(12), true, true, 12, pages: 400);
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes)
        {
            Readable = (address, bytes) => address == ForgedZone.Address && bytes > 4096 ? 5_000 : bytes,
        };

        SlabZone zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!;

        Assert.False(zone.Reading.IsTorn);
        Assert.Equal(forged.Used, zone.Classes.Select(row => row.Used));
        Assert.Equal(forged.FreeRuns, zone.FreeRuns.Select(run => (run.Page, run.Pages)));
        Assert.True(zone.Dict!.IsWhole);
    }

    [Fact]
    public void PagesWhoseRecordsCannotBeRead_AreUnparsed()
    {
        const int known = (5_000 - 704) / 24;
        ForgedZone forged = new(new Random(13), true, true, 12, pages: 400);
        ulong behind = ForgedZone.Address + (ulong)forged.Descriptors + (known * 24);
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes)
        {
            Readable = (address, bytes) => address == ForgedZone.Address && bytes > 4096 ? 5_000 : address == behind ? 100 : bytes,
        };

        SlabZone zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!;

        Assert.True(zone.Reading.Doubts.HasFlag(ZoneDoubts.Unreadable));
        Assert.All(Enumerable.Range(known + 4, 400 - known - 4), page => Assert.Equal(ZonePageUse.Unparsed, zone.UseOf(page)));
        Assert.Contains(Enumerable.Range(known, 4), page => zone.UseOf(page) != ZonePageUse.Unparsed);
        Assert.InRange(zone.Reading.UnparsedPages, 400 - known - 4, 400 - known);
    }

    [Fact]
    public void FreePages_AreNotRead()
    {
        ForgedZone forged = new(new Random(8), true, true, 12, pages: 60);
        HashSet<ulong> touched = [];
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes) { Before = address => touched.Add(address / 4096) };

        new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End);

        ulong first = (ForgedZone.Address + (ulong)forged.Start) / 4096;
        foreach ((int page, int pages) in forged.FreeRuns)
            Assert.All(Enumerable.Range(page, pages), free => Assert.DoesNotContain(first + (ulong)free, touched));
    }

    [Theory, MemberData(nameof(Forms))]
    public void RestoredPool_HoldsTheSame(bool hasSemaphore, bool hasStatistics, int pageShift)
    {
        ForgedZone forged = new(new Random(9), hasSemaphore, hasStatistics, pageShift, pages: 60);
        SlabZone zone = Read(forged)!;

        SlabPool pool = ZoneRestore.Pool(zone);

        Assert.Equal(zone.FreeBytes, pool.FreeBytes);
        Assert.Equal(zone.UsedBytes, pool.GrantedBytes);
        Assert.Equal(zone.FreeRuns, pool.FreeRuns());
        for (int i = 0; i < zone.Classes.Count; i++)
            Assert.Equal(zone.Table.PartialPages[i], pool.PartialPages(i));
    }

    internal static void AssertSameMetrics(SlabZone zone)
    {
        FragmentationMetrics layout = FragmentationMetrics.From(zone.Layout);
        ZoneMetrics metrics = ZoneMetrics.Of(zone);

        Assert.Equal(layout.External, metrics.External);
        Assert.Equal(layout.Internal, metrics.Internal ?? 0);
        Assert.Equal(layout.Unusable, metrics.Unusable);
        Assert.Equal(layout.Trapped, metrics.Trapped);
        Assert.Equal(layout.LargestFreeBytes, metrics.LargestFreeBytes);
    }

    internal static SlabZone? Read(ForgedZone forged)
    {
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes);
        return new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End);
    }
}
