using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Breakdown;

public sealed class BreakdownReaderTests
{
    [Theory]
    [InlineData("anonymous", PartKind.Anonymous)]
    [InlineData("shared", PartKind.SharedMemory)]
    [InlineData("code", PartKind.JitCode)]
    [InlineData("file", PartKind.MappedFiles)]
    [InlineData("huge", PartKind.Anonymous)]
    public void MemoryTouched_IsInItsPart_ToTheByte_AndNowhereElse(string what, PartKind kind)
    {
        using TouchingChild child = new();
        ProcessBreakdown before = ProcessSums.ReadAtRest(child.ProcessId);

        long bytes = child.Touch(what);
        ProcessBreakdown after = ProcessSums.ReadAtRest(child.ProcessId);

        Assert.True(bytes > 0);
        Assert.Equal(bytes, after.Resident(kind) - before.Resident(kind));
        foreach (PartKind other in (PartKind[])[PartKind.Anonymous, PartKind.SharedMemory, PartKind.JitCode])
            Assert.Equal(other == kind ? bytes : 0, after.Resident(other) - before.Resident(other));
    }

    [Fact]
    public void ZoneNotLoaded_IsListedWithWhatIsLoaded()
    {
        using TouchingChild child = new();

        long bytes = child.Touch("shared");

        SharedZone zone = Assert.Single(ProcessSums.ReadAtRest(child.ProcessId).SharedZones);
        Assert.Equal((4 << 20, bytes), (zone.Bytes, zone.LoadedBytes));
    }

    [Fact]
    public void ReservedAddresses_AreInaccessible_AndCostNothing()
    {
        using TouchingChild child = new();
        ProcessBreakdown before = ProcessSums.ReadAtRest(child.ProcessId);

        child.Touch("reserve");
        ProcessBreakdown after = ProcessSums.ReadAtRest(child.ProcessId);

        Assert.Equal(1L << 32, after.System.InaccessibleBytes - before.System.InaccessibleBytes);
        Assert.Equal(0, after.System.UntouchedBytes - before.System.UntouchedBytes);
        Assert.Equal(before.System.ResidentBytes, after.System.ResidentBytes);
    }

    [Fact]
    public void WritableMemoryThatWasNotTouched_IsUntouched()
    {
        using TouchingChild child = new();
        ProcessBreakdown before = ProcessSums.ReadAtRest(child.ProcessId);

        long bytes = child.Touch("anonymous");

        Assert.Equal((1 << 20) - bytes, ProcessSums.ReadAtRest(child.ProcessId).System.UntouchedBytes - before.System.UntouchedBytes);
    }

    [Fact]
    public void StacksOfThreads_AreFoundToTheByte()
    {
        using TouchingChild child = new();
        ProcessBreakdown before = ProcessSums.ReadAtRest(child.ProcessId);

        long bytes = child.Touch("threads 12");
        ProcessBreakdown after = ProcessSums.ReadAtRest(child.ProcessId);

        Assert.True(bytes >= 12 * 200_000);
        Assert.Equal(ProcessSums.ResidentOf(child.ProcessId, "[stack]"), after.Resident(PartKind.ThreadStacks) - bytes);
        Assert.Equal((1, 13), (before.StacksOfThreads, after.StacksOfThreads));
        Assert.Equal(0, after.Resident(PartKind.Anonymous) - before.Resident(PartKind.Anonymous));
    }

    [Fact]
    public void LargeMallocBlock_HasItsOwnPart()
    {
        using TouchingChild child = new();
        Assert.Equal(0, ProcessSums.ReadAtRest(child.ProcessId).Resident(PartKind.LargeBlocks));

        long bytes = child.Touch("large");

        Assert.Equal(bytes, ProcessSums.ReadAtRest(child.ProcessId).Resident(PartKind.LargeBlocks));
    }

    [Fact]
    public void ArenaOfAThread_IsToldFromItsStack()
    {
        using TouchingChild child = new();
        Assert.Equal(0, ProcessSums.ReadAtRest(child.ProcessId).Resident(PartKind.Arenas));

        long bytes = child.Touch("arena");
        ProcessBreakdown after = ProcessSums.ReadAtRest(child.ProcessId);

        MemoryPart arenas = Assert.Single(after.Parts, static part => part.Kind == PartKind.Arenas);
        Assert.Equal((64 << 20, Certainty.Certain), (arenas.ReservedBytes, arenas.Certainty));
        Assert.InRange(arenas.ResidentBytes, bytes, arenas.AccessibleBytes);
        Assert.InRange(arenas.Inside!.UsedBytes, bytes, arenas.ResidentBytes);
        Assert.Equal(arenas.ResidentBytes, arenas.Inside.UsedBytes + arenas.Inside.FreeBytes);
        Assert.Equal(2, after.StacksOfThreads);
    }

    [Fact]
    public void ZeroedVariables_AreProgramData()
    {
        using TouchingChild child = new();

        ProcessBreakdown breakdown = ProcessSums.ReadAtRest(child.ProcessId);

        Assert.Contains(breakdown.Parts, static part => part is { Kind: PartKind.ProgramData, How: "the zeroed end of a program's segment", ResidentBytes: > 0 });
    }

    [Fact]
    public void ReadingAHundredTimes_BringsNothingIn()
    {
        using TouchingChild child = new();
        child.Touch("threads 4");
        child.Touch("arena");
        child.Touch("shared");
        long before = ProcessSums.ReadAtRest(child.ProcessId).System.ResidentBytes;

        for (int i = 0; i < 100; i++)
            ProcessSums.Read(child.ProcessId);

        Assert.Equal(before, ProcessSums.Rollup(child.ProcessId, "Rss"));
    }

    /// <summary>The kernel escapes none of these characters in <c>maps</c> and <c>smaps</c>; some readers of lines end one there.</summary>
    [Theory]
    [InlineData("\\r")]
    [InlineData("\\f")]
    [InlineData("\\xc2\\x85")]
    [InlineData("\\xe2\\x80\\xa8")]
    [InlineData("\\xe2\\x80\\xa9")]
    public void NameOfAMapping_ForgesNoOther(string end)
    {
        using ChildProgram child = ChildProgram.Compile($$"""
            #define _GNU_SOURCE
            #include <stdio.h>
            #include <sys/mman.h>
            #include <unistd.h>
            int main(void) {
                int file = memfd_create("x" "{{end}}" "00001000-7ffffffff000 rw-p 00000000 00:00 0 " "{{end}}" "Rss: 9000000 kB", 0);
                if (ftruncate(file, 1 << 20) || mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED)
                    return 1;
                puts("ready");
                fflush(stdout);
                getchar();
            }
            """);
        Assert.Equal("ready", child.ReadLine());

        ProcessBreakdown breakdown = ProcessSums.Read(child.ProcessId);

        ProcessSums.AddsUp(breakdown);
        Assert.InRange(breakdown.System.VirtualBytes, 2 << 20, 1L << 32);
        Assert.InRange(breakdown.System.ResidentBytes, 1, 1 << 30);
        Assert.Equal(1 << 20, Assert.Single(breakdown.SharedZones).Bytes);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        Assert.DoesNotContain(process.Mappings(), static one => one.Start == 0x1000);
    }

    [Fact]
    public void ProcessThatEndsMeanwhile_IsAClearError()
    {
        using TouchingChild child = new();
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        child.Kill();

        Assert.Equal(InspectionFailure.NoProcess, Assert.Throws<InspectionException>(() => BreakdownReader.Read(process, [])).Failure);
    }
}
