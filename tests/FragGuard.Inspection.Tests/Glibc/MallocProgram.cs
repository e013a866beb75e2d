using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>One of <see cref="MallocPrograms"/> while it runs.</summary>
internal sealed class MallocProgram : IDisposable
{
    private readonly ChildProgram _child;

    private MallocProgram(ChildProgram child) => _child = child;

    public int ProcessId => _child.ProcessId;

    /// <param name="program">One of <see cref="MallocPrograms"/>.</param>
    /// <param name="tunables">GLIBC_TUNABLES, if any.</param>
    /// <param name="compilerOptions">How else to compile it.</param>
    public static MallocProgram Start(string program, string? tunables = null, params string[] compilerOptions)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        if (tunables is not null)
            environment["GLIBC_TUNABLES"] = tunables;
        MallocProgram started = new(ChildProgram.Compile(MallocPrograms.SourceOf(program), environment, compilerOptions));
        Assert.Equal("ready", started._child.ReadLine());
        return started;
    }

    public string Ask(string line)
    {
        _child.WriteLine(line);
        return _child.ReadLine();
    }

    public void Kill() => _child.Kill();

    public GlibcSnapshot Read()
    {
        using InspectedProcess process = InspectedProcess.Open(_child.ProcessId);
        GlibcSnapshot? snapshot = GlibcInspection.Read(process);
        Assert.NotNull(snapshot);
        return snapshot;
    }

    /// <summary>Reads it, and requires every figure that its mallinfo2 has too to be the same to the byte.</summary>
    public GlibcSnapshot RequireSame(int arenas)
    {
        long[] info = [.. Ask("info").Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        GlibcSnapshot snapshot = Read();
        ChunkCounts counts = snapshot.Counts;
        Assert.Equal(arenas, snapshot.Arenas.Count);
        Assert.Equal(0, snapshot.UnparsedBytes);
        Assert.True(snapshot.IsConsistent);
        Assert.Equal(0, snapshot.BrokenLists);
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
        Assert.Equal(snapshot.GlibcUsedBytes, counts.UsedBytes + counts.ThreadCacheBytes + counts.MetadataBytes);
        return snapshot;
    }

    public void Dispose() => _child.Dispose();
}
