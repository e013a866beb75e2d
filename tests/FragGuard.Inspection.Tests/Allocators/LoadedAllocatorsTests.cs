using System;
using System.IO;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Allocators;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Glibc;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Allocators;

public sealed class LoadedAllocatorsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("libjemalloc.so.2", "jemalloc")]
    [InlineData("libtcmalloc_minimal.so.4", "tcmalloc")]
    [InlineData("libmimalloc.so.2", "mimalloc")]
    public void PreloadedAllocator_IsNamedAndItsMappingsAreCounted(string library, string name)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["LD_PRELOAD"] = LivePrograms.RequireLibrary(library) };
        using ChildProgram child = ChildProgram.Compile(MallocPrograms.SourceOf(MallocPrograms.Threaded), environment);
        Assert.Equal("ready", child.ReadLine());

        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        IReadOnlyList<NamedAllocator> allocators = LoadedAllocators.In(process.Mappings());
        GlibcSnapshot? glibc = GlibcInspection.Read(process);
        var memory = PrivateMemory.Of(process)!;

        output.WriteLine($"{memory}; glibc: {glibc?.SystemBytes}");
        Assert.Equal("glibc, " + name, Names(allocators));
        Assert.InRange(memory.MappedResidentBytes + memory.BreakResidentBytes, 40 << 20, 1L << 32);
        Assert.InRange(glibc?.SystemBytes ?? 0, 0, 1 << 20);
    }

    [Fact]
    public void WithoutOne_OnlyGlibcIsNamed()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);

        Assert.Equal("glibc", Names(LoadedAllocators.In(process.Mappings())));
    }

    [Theory]
    [InlineData("/lib/ld-musl-x86_64.so.1", "musl")]
    [InlineData("/usr/lib/libjemalloc.so.2 (deleted)", "jemalloc")]
    [InlineData("/lib/x86_64-linux-gnu/libc-2.31.so", "glibc")]
    [InlineData("/opt/libcurl.so.4", null)]
    [InlineData("[heap]", null)]
    public void FileName_TellsTheAllocator(string path, string? name)
    {
        MemoryMapping mapping = new(0x1000, 0x2000, "r-xp", 0, path[0] == '[' ? 0UL : 7, path);

        Assert.Equal(name, LoadedAllocators.In([mapping]).SingleOrDefault()?.Name);
    }

    [Fact]
    public void MuslProgram_IsNotSaidToUseGlibc()
    {
        MemoryMapping musl = new(0x1000, 0x2000, "r-xp", 0, 7, "/lib/ld-musl-x86_64.so.1");
        MemoryMapping same = musl with { Path = "/usr/lib/libc.so" };

        Assert.Equal("musl", Names(LoadedAllocators.In([musl, same])));
    }

    [Fact]
    public void PrivateMemory_IsSummedByKind()
    {
        var memory = PrivateMemory.Sum(MappingUsages.Parse(new StringReader(
            """
            1000-3000 rw-p 00000000 00:00 0 [heap]
            Rss:                   4 kB
            AnonHugePages:         0 kB
            LazyFree:              4 kB
            4000-5000 rw-p 00000000 00:00 0
            Rss:                   4 kB
            5000-6000 rw-p 00000000 00:00 0 [anon: glibc: malloc]
            Rss:                   4 kB
            7000-9000 r-xp 00000000 08:01 9 /bin/true
            Rss:                   8 kB
            a000-c000 rw-s 00000000 00:01 5 /dev/zero (deleted)
            Rss:                   8 kB
            LazyFree:          many kB
            """)));

        Assert.Equal(new PrivateMemory(0x2000, 4096, 0x2000, 8192, 4096, 0), memory);
    }

    private static string Names(IReadOnlyList<NamedAllocator> allocators) =>
        string.Join(", ", allocators.Select(each => each.Name).Order(StringComparer.Ordinal));
}
