using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.Building;

namespace FragGuard.FragTrace.Tests.Building;

public sealed class ProcessOutputTests
{
    [Fact]
    public async Task OutputAndExitCode_AreThoseOfTheProgram()
    {
        ProcessOutput ended = await RunAsync("echo one; echo two; echo three >&2; exit 3");

        Assert.Equal(3, ended.ExitCode);
        Assert.Equal(["one", "three", "two"], [.. ended.Output.Order(StringComparer.Ordinal)]);
    }

    /// <summary>As servers do that a build starts.</summary>
    [Fact]
    public async Task DescendantThatHoldsTheOutputOpen_IsNotWaitedFor()
    {
        ProcessOutput ended = await RunAsync("echo said; sleep 90 &");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(["said"], ended.Output);
    }

    [Fact]
    public async Task CancelledRun_EndsTheProgram()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ProcessOutput.RunAsync("sh", ["-c", "sleep 90"], stop.Token).WaitAsync(Patience));
    }

    private static Task<ProcessOutput> RunAsync(string script)
    {
        LivePrograms.Require("sh");
        return ProcessOutput.RunAsync("sh", ["-c", script], TestContext.Current.CancellationToken).WaitAsync(Patience);
    }
}
