using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using FragGuard.Inspection.Kernel;
using FragGuard.Simulation.Traces;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Files of recordings: written here, cut, damaged and forged.</summary>
public sealed class KernelRecordingTests(ITestOutputHelper output)
{
    private const int Mutations = 10_000;

    private const string Small = """
        # fragguard kernel recording 1
        # release 6.18.1
        # page 4096 9 9
        # recorded 2000 0 0
        # zone 0 Normal 4096 6144
        # free 4096 5120
        # free 5121 5122
        # shown 0 Node 0, zone Normal 1 0 0 0 0 0 0 0 0 0 1
        # shown 1 Node 0, zone Normal 2 0 1 1 1 1 1 1 1 1 0
        # kmalloc-lost 3
        # kmalloc-size 64 10 600 640 2
        # kmalloc-site alloc_fdtable+0x55/0x140 10 600 640 2
         : tracing_mark_write: flags read
         : tracing_mark_write: before 0
         : tracing_mark_write: after 0
         : mm_page_alloc_zone_locked: pfn=0x1000 order=2
         : mm_page_alloc: pfn=0x1000 order=1 migratetype=1
         : mm_page_alloc: pfn=0x1002 order=0 migratetype=2
         : mm_page_free: pfn=0x1002 order=0
         : mm_page_free: pfn=0x1008 order=0
         : mm_page_pcpu_drain: pfn=0x1002 order=0
         : tracing_mark_write: before 1
         : tracing_mark_write: after 1
        # end
        """;

    [Fact]
    public void Recording_IsReadAndReplayed()
    {
        KernelRecording recording = Of(Small);
        KernelReplay replay = KernelReplay.Of(recording)!;

        Assert.Equal(("6.18.1", 9, TimeSpan.FromSeconds(2)), (recording.Header.Release, recording.Header.HugePageOrder, recording.Header.Duration));
        Assert.Equal(new RecordedKmallocRow("alloc_fdtable+0x55/0x140", 10, 600, 640, 2), recording.Header.Kmalloc!.Sites[0]);
        Assert.Equal([0L, 0L], replay.Checkpoints.Select(one => one.DifferentPages));
        Assert.Equal(2, replay.Events["mm_page_alloc"]);
    }

    [Fact]
    public void Checkpoint_SaysByHowManyPagesTheReplayIsOff()
    {
        KernelReplay replay = KernelReplay.Of(Of(Small.Replace("zone Normal 2 0 1 1", "zone Normal 1 0 1 2", StringComparison.Ordinal)))!;

        Assert.Equal(1 + 8, replay.Checkpoints[1].DifferentPages);
    }

    [Fact]
    public void Trace_HoldsWhatWasHandedOutAndFreed()
    {
        AllocationEvent[] events = [.. RecordedPageTrace.Of(Of(Small)).Events];

        Assert.Equal(
            [
                new AllocationEvent(AllocationEventKind.Allocate, 0x1000, 8192, Traits: BlockTraits.Movable),
                new AllocationEvent(AllocationEventKind.Allocate, 0x1002, 4096, Traits: BlockTraits.Reclaimable),
                new AllocationEvent(AllocationEventKind.Free, 0x1002),
            ],
            events);
    }

    [Theory]
    [InlineData("# fragguard kernel recording 1", "# fragguard kernel recording 2")]
    [InlineData("# page 4096 9 9", "# page 5 9 9")]
    [InlineData("# page 4096 9 9", "# page 4096 64 9")]
    [InlineData("# zone 0 Normal 4096 6144", "# zone 0 Normal 6144 4096")]
    [InlineData("# zone 0 Normal 4096 6144", "# zone 0 Normal 4096 99999999999999")]
    [InlineData("# free 4096 5120", "# free 4096 7000")]
    [InlineData("# free 4096 5120", "# free 5120 4096")]
    [InlineData("# shown 1 ", "# shown 7 ")]
    [InlineData("# recorded 2000 0 0", "# recorded 2000 0")]
    public void ForgedHead_IsRefused(string right, string forged) =>
        Assert.Throws<FormatException>(() => Of(Small.Replace(right, forged, StringComparison.Ordinal)));

    [Fact]
    public void CutRecording_IsRefused()
    {
        KernelRecording recording = Of(Small.Replace("# end", "", StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => recording.Events().Count());
    }

    [Fact]
    public void EndlessLine_IsRefused()
    {
        KernelRecording recording = Of(Small.Replace("# end", new string('x', 10_000_000) + "\n# end", StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => recording.Events().Count());
        Assert.Equal(6, Of(Small.Replace("# end", new string('x', 4_000) + "\n# end", StringComparison.Ordinal)).Events().Count(one => one.Mark is null));
    }

    [Fact]
    public void TextThatIsNotPacked_IsRefused() =>
        Assert.Throws<FormatException>(() => new KernelRecording(() => new MemoryStream(Encoding.UTF8.GetBytes(Small))));

    [Fact]
    public void HugeForgedZone_IsNotReplayed() =>
        Assert.Null(KernelReplay.Of(Of(Small.Replace(" 6144", " 1099511627776", StringComparison.Ordinal))));

    [Fact]
    public void DamagedText_IsReadOrRefused() => Damage(random =>
    {
        StringBuilder text = new(Small);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(text.Length - 20);
            if (random.Next(2) == 0)
                text[at] = (char)random.Next(10, 127);
            else
                text.Remove(at, random.Next(1, 20));
        }

        return Packed(text.ToString());
    });

    [Fact]
    public void DamagedBytes_AreReadOrRefused()
    {
        byte[] packed = Packed(Small);
        Damage(random =>
        {
            byte[] bytes = [.. packed];
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            return random.Next(4) > 0 ? bytes : bytes[..random.Next(1, bytes.Length)];
        });
    }

    private void Damage(Func<Random, byte[]> make)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = make(random);
            try
            {
                KernelRecording recording = new(() => new MemoryStream(bytes));
                Assert.InRange(RecordedPageTrace.Of(recording).Events.Count(), 0, 100);
                if (recording.Header.Zones.Sum(zone => zone.EndPage - zone.FirstPage) < 1 << 16)
                    Assert.All(KernelReplay.Of(recording)?.Checkpoints ?? [], one => Assert.InRange(one.DifferentPages, 0, 1L << 50));
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        output.WriteLine($"{refused} of {Mutations} were refused");
    }

    private static KernelRecording Of(string text)
    {
        byte[] packed = Packed(text);
        return new KernelRecording(() => new MemoryStream(packed));
    }

    private static byte[] Packed(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}
