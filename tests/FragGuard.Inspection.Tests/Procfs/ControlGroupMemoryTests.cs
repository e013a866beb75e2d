using System;
using System.Globalization;
using System.IO;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Procfs;

public sealed class ControlGroupMemoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fragguard-cgroup-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void LowestLimitOfAllGroupsAbove_Counts()
    {
        Write("a/memory.max", "5000\n");
        Write("a/memory.current", "1234\n");
        Write("a/b/memory.max", "max\n");
        Write("a/b/memory.current", "7\n");
        Write("a/b/c/memory.max", "9000\n");

        Assert.Equal(new ControlGroupMemory(5000, 1234), ControlGroupMemory.Find("0::/a/b/c\n", _root));
        Assert.Null(ControlGroupMemory.Find("0::/x/y\n", _root));
    }

    [Fact]
    public void FirstVersion_HasAHierarchyForMemory_AndANumberForNoLimit()
    {
        Write("memory/a/memory.limit_in_bytes", "4096\n");
        Write("memory/a/memory.usage_in_bytes", "4095\n");
        Write("memory/b/memory.limit_in_bytes", (long.MaxValue / 4096 * 4096).ToString(CultureInfo.InvariantCulture));

        Assert.Equal(new ControlGroupMemory(4096, 4095), ControlGroupMemory.Find("9:cpu,memory:/a\n0::/\n", _root));
        Assert.Null(ControlGroupMemory.Find("9:memory:/b\n", _root));
        Assert.Null(ControlGroupMemory.Find("9:cpu:/a\n", _root));
    }

    [Fact]
    public void InactiveFilePages_AreToldByTheGroupOfTheLimit()
    {
        Write("a/memory.max", "5000\n");
        Write("a/memory.current", "4900\n");
        Write("a/memory.stat", "anon 100\nworkingset_inactive_file 1\ninactive_file 4000\nactive_file 700\n");
        Write("a/b/memory.stat", "inactive_file 1\n");
        Write("memory/c/memory.limit_in_bytes", "4096\n");
        Write("memory/c/memory.usage_in_bytes", "4095\n");
        Write("memory/c/memory.stat", "cache 4000\ninactive_file 10\ntotal_inactive_file 4095\n");
        Write("d/memory.max", "5000\n");
        Write("d/memory.stat", "inactive_file many\n");

        ControlGroupMemory second = ControlGroupMemory.Find("0::/a/b\n", _root)!;
        ControlGroupMemory first = ControlGroupMemory.Find("9:memory:/c\n", _root)!;

        Assert.Equal((4000, 900), (second.InactiveFileBytes, second.HeldBytes));
        Assert.Equal((4095, 0), (first.InactiveFileBytes, first.HeldBytes));
        Assert.Equal(0, ControlGroupMemory.Find("0::/d\n", _root)!.InactiveFileBytes);
    }

    [Theory]
    [InlineData("0::/a/../a\n")]
    [InlineData("0::a\n")]
    [InlineData("0::")]
    [InlineData("")]
    public void PathThatIsNotBelowTheRoot_IsNotRead(string membership)
    {
        Write("a/memory.max", "5000\n");

        Assert.Null(ControlGroupMemory.Find(membership, _root));
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
