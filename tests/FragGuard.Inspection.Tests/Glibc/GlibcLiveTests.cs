using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>What is read from outside against what the program's own malloc and kernel say from inside.</summary>
public sealed class GlibcLiveTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(MallocPrograms.Threaded, 7)]
    [InlineData(MallocPrograms.Single, 1)]
    [InlineData(MallocPrograms.ForeignBreak, 1)]
    [InlineData(MallocPrograms.BlockedBreak, 1)]
    public void Totals_AreThoseOfTheProgramItself(string program, int arenas)
    {
        using MallocProgram child = MallocProgram.Start(program);

        child.RequireSame(arenas);
    }

    [Fact]
    public void StaticProgram_IsReadAsWell()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded, null, "-static");

        child.RequireSame(arenas: 7);
    }

    /// <summary>As glibc names what it maps with glibc.mem.decorate_maps, where the kernel keeps such names.</summary>
    [Theory]
    [InlineData(MallocPrograms.Threaded)]
    [InlineData(MallocPrograms.BlockedBreak)]
    public void MappingsWithNames_AreReadAsThoseWithout(string program)
    {
        using MallocProgram child = MallocProgram.Start(program);
        GlibcSnapshot unnamed = child.Read();
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        MemoryMapping[] mappings =
            [.. process.Mappings().Select(mapping => mapping.IsAnonymous ? mapping with { Path = "[anon: glibc: malloc]" } : mapping)];

        GlibcSnapshot named = new GlibcReader(process.Memory, mappings, process.Pages.Of, ResidentPages.PageBytes).Read()!;

        Assert.Equal(unnamed.Arenas.Count, named.Arenas.Count);
        Assert.Equal(unnamed.Counts, named.Counts);
        Assert.Equal(unnamed.MappedCount, named.Mapped.Count);
    }

    [Fact]
    public void EachArena_HoldsWhatTheProgramSays()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
        string xml = child.Ask("xml");

        GlibcSnapshot snapshot = child.Read();

        long[] system = [.. XDocument.Parse(xml).Descendants("system")
            .Where(element => element.Attribute("type")?.Value is "current").Select(element => (long)element.Attribute("size")!)];
        Assert.Equal(8, system.Length);
        Assert.Equal(system[..^1], snapshot.Arenas.Select(arena => arena.SystemBytes));
        Assert.Equal(system[^1], snapshot.SystemBytes);
        Assert.All(snapshot.Arenas, arena => Assert.Equal(1, arena.AttachedThreads));
    }

    [Fact]
    public void FreedBlocks_AreFoundInTheThreadsCache()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single);
        ChunkCounts before = child.Read().Counts;

        child.Ask("free 200 7");
        child.Ask("free 1000 3");
        ChunkCounts after = child.Read().Counts;

        Assert.Equal(10, after.ThreadCacheChunks - before.ThreadCacheChunks);
        Assert.Equal((7 * 208) + (3 * 1008), after.ThreadCacheBytes - before.ThreadCacheBytes);
        Assert.Equal(before.UsedChunks, after.UsedChunks);
        Assert.Equal(before.UsedBytes, after.UsedBytes);
    }

    [Fact]
    public void BeyondTheCache_FreedBlocksAreInFastbins()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single);
        ChunkCounts before = child.Read().Counts;

        child.Ask("free 40 27");
        ChunkCounts after = child.Read().Counts;

        Assert.Equal(7, after.ThreadCacheChunks - before.ThreadCacheChunks);
        Assert.Equal(20, after.FastBinChunks - before.FastBinChunks);
        Assert.Equal(20 * 48, after.FastBinBytes - before.FastBinBytes);
    }

    /// <summary>The heap is so large that several threads walk it.</summary>
    [Fact]
    public void CachesFarApart_AreAllFound()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.LateCache, "glibc.malloc.arena_max=1");

        GlibcSnapshot snapshot = child.RequireSame(arenas: 1);

        Assert.Equal(2, snapshot.ThreadCaches);
        Assert.Equal(1 + 7, snapshot.Counts.ThreadCacheChunks);
        Assert.Equal(32 + (7 * 208), snapshot.Counts.ThreadCacheBytes);
    }

    [Fact]
    public void WithoutCaches_NothingIsTakenForOne()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single, "glibc.malloc.tcache_count=0");
        child.Ask("free 200 7");

        GlibcSnapshot snapshot = child.Read();

        Assert.Equal(0, snapshot.ThreadCaches);
        Assert.Equal(0, snapshot.Counts.ThreadCacheChunks);
    }

    [Fact]
    public void Trim_ReturnsWhatWasPredicted()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
        GlibcSnapshot before = child.Read();

        child.Ask("trim");
        GlibcSnapshot after = child.Read();

        output.WriteLine($"{before.Resident} -> {after.Resident}");
        Assert.True(before.KnowsTrim);
        Assert.True(before.Resident.TrimmableBytes > before.Resident.ResidentBytes / 3);
        Assert.Equal(before.Resident.TrimmableBytes, before.Resident.ResidentBytes - after.Resident.ResidentBytes);
        Assert.Equal(before.Resident.LiveBytes, after.Resident.LiveBytes);
        Assert.Equal(0, after.Resident.TrimmableBytes);
        child.RequireSame(arenas: 7);
    }

    [Theory]
    [InlineData(1_000, 130)]
    [InlineData(1_000, 133)]
    [InlineData(3_000, 44)]
    [InlineData(50_000, 3)]
    public void Trim_ShrinksTheTopAsPredicted(int bytes, int blocks)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single, "glibc.malloc.tcache_count=0");
        child.Ask(string.Create(CultureInfo.InvariantCulture, $"free {bytes} {blocks}"));
        GlibcSnapshot before = child.Read();

        child.Ask("trim");
        GlibcSnapshot after = child.Read();

        Assert.True(before.Resident.TrimmableBytes > 100_000);
        Assert.Equal(before.Resident.TrimmableBytes, before.Resident.ResidentBytes - after.Resident.ResidentBytes);
        Assert.InRange(after.Counts.TopBytes, 32, 8192);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryPage_IsWhereTheProgramSees(bool trims)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
        if (trims)
            child.Ask("trim");

        GlibcSnapshot snapshot = child.Read();

        foreach (HeapSnapshot heap in snapshot.Arenas.SelectMany(arena => arena.Heaps))
        {
            string seen = child.Ask(string.Create(CultureInfo.InvariantCulture, $"pages {heap.Pages.Start:x} {heap.Pages.Count}"));
            string read = string.Concat(Enumerable.Range(0, heap.Pages.Count).Select(page => heap.Pages.KindOf(page) switch
            {
                HeapPageKind.Live or HeapPageKind.Free or HeapPageKind.Cached or HeapPageKind.Top => '1',
                HeapPageKind.LiveUntouched or HeapPageKind.Returned => '0',
                _ => '?',
            }));
            Assert.Equal(seen, read);
            Assert.Contains('1', read);
        }
    }

    [Fact]
    public void Parts_AddUpToWhatIsThere()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);

        GlibcSnapshot snapshot = child.Read();

        Assert.All(snapshot.Arenas.SelectMany(arena => arena.Heaps), heap =>
        {
            Assert.Equal(Enumerable.Range(0, heap.Pages.Count).Count(heap.Pages.IsResident) * 4096L, heap.Resident.ResidentBytes);
            Assert.Equal(heap.Resident.TrimmableBytes, heap.Trim.ResidentBytes);
            Assert.NotNull(heap.Runs);
            Assert.Equal(heap.Bytes, heap.Runs.Where(run => run.Use != ChunkUse.Outside).Sum(run => run.Bytes));
            Assert.All(heap.Runs.Zip(heap.Runs.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        });
    }

    [Fact]
    public void ArenaOfSeveralHeaps_IsReadWhole()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.ManyHeaps);
        GlibcSnapshot before = child.RequireSame(arenas: 2);

        child.Ask("trim");
        GlibcSnapshot after = child.RequireSame(arenas: 2);

        Assert.Equal(4, before.Arenas[1].Heaps.Count);
        Assert.True(before.Resident.TrimmableBytes > 1_000_000);
        Assert.Equal(before.Resident.TrimmableBytes, before.Resident.ResidentBytes - after.Resident.ResidentBytes);
    }

    [Fact]
    public void LargeHeap_IsReadInLittleMemory()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Large);
        long before = GC.GetAllocatedBytesForCurrentThread();

        GlibcSnapshot snapshot = child.Read();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine($"{allocated} bytes for {snapshot.SystemBytes} bytes of heap");
        Assert.True(snapshot.SystemBytes > 250_000_000);
        Assert.True(snapshot.Counts.FreeChunks > 120_000);
        Assert.InRange(allocated, 1, 16 << 20);
    }

    [Fact]
    public void Layout_GivesTheMetrics()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
        HeapSnapshot heap = child.Read().Arenas[1].Heaps[0];

        HeapLayout layout = heap.ToLayout()!;
        var metrics = FragmentationMetrics.From(layout);

        long free = heap.Counts.FreeBytes + heap.Counts.FastBinBytes + heap.Counts.ThreadCacheBytes + heap.Counts.TopBytes;
        Assert.Equal(heap.Bytes, metrics.CommittedBytes);
        Assert.Equal(free, metrics.FreeBytes);
        Assert.Equal(heap.Bytes, metrics.GrantedBytes + free + heap.Counts.MetadataBytes);
        Assert.Equal(heap.Runs!.Where(run => run.Use is ChunkUse.Free or ChunkUse.Top).Max(run => run.Bytes), metrics.LargestFreeBytes);
        Assert.InRange(metrics.Trapped, 0.1, 0.9);
    }
}
