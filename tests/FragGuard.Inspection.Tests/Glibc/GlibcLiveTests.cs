using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>What is read from outside against what the program's own malloc says from inside.</summary>
public sealed class GlibcLiveTests(ITestOutputHelper output)
{
    [Fact]
    public void Totals_AreThoseOfTheProgramItself()
    {
        using ChildProgram child = ChildProgram.Compile(ThreadedHeap.Source);
        Assert.Equal("ready", child.ReadLine());
        child.WriteLine("info");
        long[] info = [.. child.ReadLine().Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];

        GlibcSnapshot snapshot = Read(child);

        output.WriteLine(string.Join(' ', info));
        output.WriteLine(snapshot.ToString());
        output.WriteLine(snapshot.Counts.ToString());
        ChunkCounts counts = snapshot.Counts;
        Assert.Equal(0, snapshot.UnparsedBytes);
        Assert.True(snapshot.IsConsistent);
        Assert.Equal(info[0], snapshot.SystemBytes);
        Assert.Equal(info[1], counts.FreeChunks + snapshot.Arenas.Count);
        Assert.Equal(info[2], counts.FastBinChunks);
        Assert.Equal(info[3], (long?)snapshot.MappedCount);
        Assert.Equal(info[4], snapshot.MappedBytes);
        Assert.Equal(info[5], counts.FastBinBytes);
        Assert.Equal(info[6], snapshot.GlibcUsedBytes);
        Assert.Equal(info[7], snapshot.GlibcFreeBytes);
        Assert.Equal(info[8], snapshot.Arenas[0].Counts.TopBytes);
        Assert.Equal(info[3], snapshot.Mapped.Count);
        Assert.Equal(info[4], snapshot.Mapped.Sum(chunk => chunk.Bytes));
    }

    private static GlibcSnapshot Read(ChildProgram child)
    {
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        return Assert.IsType<GlibcSnapshot>(GlibcInspection.Read(process));
    }
}
