using System;
using System.Globalization;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Breakdown;

namespace FragGuard.Inspection.Tests.Procfs;

/// <summary>Long reads of another process's memory, which are copied in one step, are the short ones put together.</summary>
public sealed class LiveMemoryTests
{
    private const string Source =
        """
        #include <stdio.h>
        #include <sys/mman.h>
        #include <unistd.h>

        int main(void)
        {
            long page = sysconf(_SC_PAGESIZE);
            char *start = mmap(0, 64 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            for (long i = 0; i < 64 * page; i++)
                start[i] = (char)(i / 7);
            mprotect(start + 20 * page, page, PROT_NONE);
            munmap(start + 40 * page, page);
            printf("%p\n", (void *)start);
            fflush(stdout);
            getchar();
        }
        """;

    private const string AgainSource =
        """
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>

        int main(int count, char **arguments)
        {
            long bytes = 64 * 1024;
            char *start = mmap((void *)0x100000000000, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
            memset(start, count, bytes);
            printf("%p\n", (void *)start);
            fflush(stdout);
            getchar();
            if (count == 1)
                execl(arguments[0], arguments[0], "again", (char *)0);
        }
        """;

    [Theory]
    [InlineData(0, 64, 40)]
    [InlineData(4, 12, 12)]
    [InlineData(10, 20, 20)]
    [InlineData(20, 8, 8)]
    [InlineData(41, 23, 23)]
    [InlineData(40, 8, 0)]
    public void LongRead_IsWhatShortOnesRead(int from, int pages, int readable)
    {
        using ChildProgram child = ChildProgram.Compile(Source);
        ulong start = ulong.Parse(child.ReadLine().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        int page = (int)ResidentPages.PageBytes;
        ulong address = start + (ulong)(from * page);
        byte[] whole = new byte[pages * page];
        byte[] pieces = new byte[pages * page];

        int read = process.Memory.Read(address, whole);
        int together = 0;
        while (together < pieces.Length && process.Memory.Read(address + (ulong)together, pieces.AsSpan(together, 512)) == 512)
            together += 512;

        Assert.Equal((readable * page, readable * page), (read, together));
        Assert.Equal(pieces.AsSpan(0, together), whole.AsSpan(0, read));
        if (readable > 0)
            Assert.Equal((byte)(((from * page) + 700) / 7), whole[700]);
    }

    [Fact]
    public void StretchThatCanBeCopied_IsCopiedInOneStep()
    {
        using ChildProgram child = ChildProgram.Compile(Source);
        ulong start = ulong.Parse(child.ReadLine().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int page = (int)ResidentPages.PageBytes;
        byte[] bytes = new byte[16 * page];

        Assert.Equal(bytes.Length, WholeCopy.Read(child.ProcessId, start, bytes));
        Assert.Equal((byte)(page / 7), bytes[page]);
        Assert.Equal(0, WholeCopy.Read(child.ProcessId, start + (ulong)(40 * page), bytes));
        Assert.Equal(0, WholeCopy.Read(child.ProcessId, ulong.MaxValue - 100, bytes));
    }

    [Fact]
    public void ProcessThatEnded_HasNoBytes()
    {
        using TouchingChild child = new();
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        ulong address = process.Mappings()[0].Start;
        byte[] bytes = new byte[16 * 1024];
        Assert.True(process.Memory.Read(address, bytes) > 0);
        child.Kill();

        Assert.Equal(0, process.Memory.Read(address, bytes));
    }

    [Fact]
    public void ProcessThatBecameAnotherProgram_HasNoBytes()
    {
        using ChildProgram child = ChildProgram.Compile(AgainSource);
        ulong start = ulong.Parse(child.ReadLine().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        byte[] bytes = new byte[32 * 1024];
        Assert.Equal((bytes.Length, (byte)1), (process.Memory.Read(start, bytes), bytes[0]));
        child.WriteLine("");
        child.ReadLine();

        Assert.Equal(bytes.Length, WholeCopy.Read(child.ProcessId, start, bytes));
        Assert.Equal(2, bytes[0]);
        Assert.Equal(0, process.Memory.Read(start, bytes));
    }

    [Theory]
    [InlineData("Name:\tx\nNSpid:\t4711\nNSpgid:\t4711\n", true)]
    [InlineData("Name:\tx\nNSpid:\t4711\t12\nNSpgid:\t4711\t12\n", false)]
    [InlineData("Name:\tx\n", false)]
    [InlineData("", false)]
    public void ProcfsOfAnotherNamespace_IsTold(string status, bool isAlike) => Assert.Equal(isAlike, WholeCopy.IsNumberedAlike(status));
}
