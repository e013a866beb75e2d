using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using FragGuard.Testing.Tests.Target;

namespace FragGuard.Testing.Tests;

public sealed class RecordAsyncTests
{
    [Fact]
    public async Task WorkThatLeavesHoles_IsCaught()
    {
        FragmentationRun<IReadOnlyList<byte[]>> run = await FragmentationRecorder.RecordAsync(
            () => Task.FromResult(LargeObjects.WithHoles()), null, TestContext.Current.CancellationToken);
        TestContext.Current.AddAttachment("fragmentation.html", await Bytes(run.ReportFile), "text/html");

        FragmentationAssertException failure = Assert.Throws<FragmentationAssertException>(() => run.AssertBelow("loh.fragmentation", 0.2));

        Assert.Contains("loh.fragmentation is 0.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not below 0.2", failure.Message, StringComparison.Ordinal);
        Assert.Contains(run.ReportFile, failure.Message, StringComparison.Ordinal);
        Assert.InRange(run.Metrics["loh.fragmentation"], 0.4, 0.6);
        Assert.Equal(200, run.Value.Count);
    }

    [Fact]
    public async Task ItsTwin_Passes()
    {
        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            () => Task.FromResult(LargeObjects.WithoutHoles()), null, TestContext.Current.CancellationToken);

        run.AssertBelow("loh.fragmentation", 0.2);
        run.AssertAbove("loh.bytes", 40e6);
        Assert.Empty(run.Refusals);
        Assert.Null(run.ExitCode);
        Assert.All(run.Files, file => Assert.True(new FileInfo(file).Length > 0));
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(run.ReportFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingMetric_IsRefusedWithTheKnownOnes()
    {
        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);

        FragmentationRefusedException refusal = Assert.Throws<FragmentationRefusedException>(() => run.AssertBelow("loh.fragmentatoin", 1));

        Assert.Contains("'loh.fragmentatoin'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("heap.peakBytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownLifetimesAboveTheLimit_AreRefused()
    {
        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () =>
            {
                GC.Collect(); // The last one: none sees the end of what is born next.
                return Task.FromResult(LargeObjects.WithoutHoles());
            },
            new RecorderOptions { FullGcsAtEnd = 0, MaxUnknown = 0 },
            TestContext.Current.CancellationToken);

        FragmentationRefusedException refusal = Assert.Throws<FragmentationRefusedException>(() => run.AssertBelow("heap.peakBytes", 1e12));

        Assert.Contains("unknown lifetime", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(run.Metrics);
    }

    [Fact]
    public async Task ExceptionOfTheWork_ComesThroughAndTheNextRecordingWorks()
    {
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => FragmentationRecorder.RecordAsync(
            static Task () => throw new TimeZoneNotFoundException(), null, TestContext.Current.CancellationToken));

        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);
        Assert.NotEmpty(run.Metrics);
    }

    [Fact]
    public async Task HolesThatEarlierFinalizersLeave_AreGone()
    {
        byte[][] kept = LitterOfFinalizable();

        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);

        run.AssertBelow("loh.fragmentation", 0.2);
        GC.KeepAlive(kept);
    }

    [Fact]
    public async Task HolesOfWhatTheCallersStackHeld_AreGone()
    {
        List<byte[]> kept = [];

        FragmentationRun run = await RecordWithLitterOnTheStack(kept);

        run.AssertBelow("loh.fragmentation", 0.2);
        Assert.Equal(200, kept.Count);
    }

    [Fact]
    public async Task RecordingInsideARecordedDelegate_IsRefused_AfterItIsNot()
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<FragmentationRun>? later = null;

        await FragmentationRecorder.RecordAsync(
            async () =>
            {
                InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(static () => RecordNothing());
                Assert.Contains("inside a recorded delegate", refusal.Message, StringComparison.Ordinal);
                later = Task.Run(async () =>
                {
                    await over.Task;
                    return await RecordNothing();
                });
            },
            null,
            TestContext.Current.CancellationToken);
        over.SetResult();

        Assert.NotEmpty((await later!).Metrics);

        static Task<FragmentationRun> RecordNothing() => FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WorkThatIsNull_IsRefusedBeforeAnyRecording()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("work", static () => FragmentationRecorder.RecordAsync((Func<Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("work", static () => FragmentationRecorder.RecordAsync((Func<Task<int>>)null!));
    }

    [Fact]
    public async Task FindingsThatNobodyGave_AreNoReasonToPass()
    {
        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);

        FragmentationRefusedException refusal = Assert.Throws<FragmentationRefusedException>(() => run.AssertNoConfirmedFinding("FG2001"));
        Assert.Contains("RecorderOptions.Findings", refusal.Message, StringComparison.Ordinal);
        Assert.All((string[])["FG201", "fg2001", "FG20011", ""], word =>
            Assert.Throws<ArgumentException>("rule", () => run.AssertNoConfirmedFinding(word)));
    }

    [Fact]
    public async Task ToolThatIsMissing_IsOneSentence()
    {
        FragmentationToolException failure = await Assert.ThrowsAsync<FragmentationToolException>(() => FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, new RecorderOptions { ToolPath = "/nowhere/tool.dll" }, TestContext.Current.CancellationToken));

        Assert.Equal("dotnet-fragtrace is not at /nowhere/tool.dll, which ToolPath names.", failure.Message);
    }

    [Fact]
    public async Task ToolThatFails_SaysWhy()
    {
        FragmentationToolException failure = await Assert.ThrowsAsync<FragmentationToolException>(() => FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, new RecorderOptions { Profile = "none" }, TestContext.Current.CancellationToken));

        Assert.Contains("collect ended with exit code 3: [ERROR]", failure.Message, StringComparison.Ordinal);
    }

    // Half of the arrays live as long as this frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<FragmentationRun> RecordWithLitterOnTheStack(List<byte[]> kept)
    {
        byte[][] all = [.. Enumerable.Range(0, 400).Select(static _ => GC.AllocateUninitializedArray<byte>(200_000))];
        kept.AddRange(all.Where(static (_, index) => index % 2 == 0));
        Task<FragmentationRun> recording = FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, TestContext.Current.CancellationToken);
        GC.KeepAlive(all);
        return recording;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[][] LitterOfFinalizable()
    {
        (Finalizable Litter, byte[] Kept)[] all =
            [.. Enumerable.Range(0, 200).Select(static _ => (new Finalizable(), GC.AllocateUninitializedArray<byte>(200_000)))];
        byte[][] kept = [.. all.Select(static pair => pair.Kept)];
        GC.KeepAlive(all);
        return kept;
    }

    private static Task<byte[]> Bytes(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private sealed class Finalizable
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(200_000);

#pragma warning disable MA0055 // An array that only a finalizer holds is what is tested.
        ~Finalizable() => GC.KeepAlive(_bytes);
#pragma warning restore MA0055
    }
}
