using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class MemoryMappingsTests
{
    [Fact]
    public void Line_HasRangePermissionsOffsetInodeAndPath()
    {
        MemoryMapping mapping = Assert.Single(MemoryMappings.Parse(
            "7f00a0000000-7f00a0021000 r-xp 00001000 08:01 131 /opt/a program/lib b.so (deleted)\n"));

        Assert.Equal(0x7f00a0000000UL, mapping.Start);
        Assert.Equal(0x21000UL, mapping.Bytes);
        Assert.Equal(0x1000UL, mapping.Offset);
        Assert.Equal(131UL, mapping.Inode);
        Assert.Equal("lib b.so", mapping.FileName);
        Assert.True(mapping is { IsReadable: true, IsWritable: false, IsExecutable: true, IsShared: false, IsAnonymous: false });
    }

    [Fact]
    public void LineWithoutPath_IsAnonymous() =>
        Assert.True(Assert.Single(MemoryMappings.Parse("1000-2000 rw-p 00000000 00:00 0 ")).IsAnonymous);

    /// <summary>A program may name its private memory (PR_SET_VMA_ANON_NAME); other names are the kernel's.</summary>
    [Theory]
    [InlineData("rw-p 00000000 00:00 0 [anon: glibc: malloc]", true)]
    [InlineData("rw-p 00000000 00:00 0 [heap]", false)]
    [InlineData("rw-s 00000000 00:01 9 [anon_shmem:name]", false)]
    [InlineData("rw-p 00000000 08:01 9 [anon: file]", false)]
    public void NameThatAProgramGave_IsAnonymous(string line, bool isAnonymous) =>
        Assert.Equal(isAnonymous, Assert.Single(MemoryMappings.Parse($"1000-2000 {line}\n")).IsAnonymous);

    [Theory]
    [InlineData("")]
    [InlineData("1000-2000")]
    [InlineData("2000-1000 rw-p 00000000 00:00 0")]
    [InlineData("xyz-2000 rw-p 00000000 00:00 0")]
    [InlineData("1000-2000 rw 00000000 00:00 0")]
    [InlineData("Rss:                 132 kB")]
    public void LineOfAnotherForm_IsLeftOut(string line) => Assert.Empty(MemoryMappings.Parse(line + "\n"));

    [Theory]
    [InlineData("\r")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void NameThatLooksLikeTwoLines_IsOne(string end)
    {
        string name = $"/memfd:x{end}1000-2000 rw-p 00000000 00:00 0 ";

        Assert.Equal(name, Assert.Single(MemoryMappings.Parse($"7000-8000 rw-s 00000000 00:01 9 {name}\n")).Path);
        Assert.Equal(2, MemoryMappings.Parse($"7000-8000 rw-s 00000000 00:01 9 {name.Replace(end, "\n", System.StringComparison.Ordinal)}\n").Count);
    }

    [Fact]
    public void OwnMappings_AreInOrderWithoutOverlap()
    {
        LivePrograms();
        using InspectedProcess self = InspectedProcess.Open(System.Environment.ProcessId);
        MemoryMapping[] mappings = [.. self.Mappings()];

        Assert.NotEmpty(mappings);
        Assert.All(mappings.Zip(mappings.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }

    private static void LivePrograms() => Simulation.Tests.LivePrograms.Needs(
        System.OperatingSystem.IsLinux(), "Processes are inspected on Linux only.");
}
