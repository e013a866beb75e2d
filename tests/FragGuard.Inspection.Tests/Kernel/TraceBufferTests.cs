using System;
using FragGuard.Inspection.Kernel;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>How large the trace buffers of a recording are.</summary>
public sealed class TraceBufferTests
{
    private const long Default = 32 << 10;

    [Theory]
    [InlineData(16L << 20, 128, 13_107)]
    [InlineData(16L << 20, 1, Default)]
    [InlineData(16L << 20, 4, Default)]
    [InlineData(1L << 10, 128, 1_024)]
    public void BuffersOfAllCpus_TakeAnEighthOfTheAvailableMemory(long availableKilobytes, int cpus, long perCpu)
    {
        long kilobytes = KernelRecorderOptions.FittingKilobytes(availableKilobytes, cpus, Default);

        Assert.Equal(perCpu, kilobytes);
        Assert.True(kilobytes == 1_024 || (kilobytes + (kilobytes / 4)) * cpus <= availableKilobytes / 8);
    }

    [Theory]
    [InlineData("0-3\n", 4)]
    [InlineData("0\n", 1)]
    [InlineData("0-1,4-7,9\n", 7)]
    [InlineData("", 0)]
    [InlineData("3-0", 0)]
    [InlineData("0-9999999999", 0)]
    [InlineData("all", 0)]
    public void Cpus_AreCountedInTheKernelsList(string list, int cpus) => Assert.Equal(cpus, CpuList.Count(list));

    [Fact]
    public void CpusOfTheMachine_AreNoFewerThanThoseOfTheProcess() =>
        Assert.InRange(LiveKernel.OnlineCpus(), Environment.ProcessorCount, int.MaxValue);
}
