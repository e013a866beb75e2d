using System;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Testing.Tests;

public sealed class ToolTroubleTests : IDisposable
{
    private static readonly string Target = Path.Combine(AppContext.BaseDirectory, "FragGuard.Testing.Tests.Target.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-testing-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ToolThatDoesNotBegin_IsGivenUp()
    {
        RecorderOptions options = new() { ToolPath = ScriptedTool.Of(_folder, "exec cat"), Patience = TimeSpan.FromSeconds(1) };

        FragmentationToolException failure = await Assert.ThrowsAsync<FragmentationToolException>(() => FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, options, TestContext.Current.CancellationToken));

        Assert.Equal("dotnet-fragtrace collect did not begin within 00:00:01.", failure.Message);
    }

    [Fact]
    public async Task CancellationBeforeTheToolBegins_IsCancellation()
    {
        using CancellationTokenSource source = new();
        CancelAtTheNextGc(source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FragmentationRecorder.RecordAsync(
            static () => Task.CompletedTask, null, source.Token));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("words")]
    public async Task ToolThatPrintsSomethingElse_IsNamed(string printed)
    {
        RecorderOptions options = new() { ToolPath = ScriptedTool.Of(_folder, $"echo '{printed}'") };

        FragmentationToolException failure = await Assert.ThrowsAsync<FragmentationToolException>(() => FragmentationRecorder.RecordProcessAsync(
            Target, [], options, TestContext.Current.CancellationToken));

        Assert.Contains("another version", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordingThatEndsBeforeTheWork_IsRefused()
    {
        RecorderOptions options = new() { ToolPath = ScriptedTool.With(_folder, "collect", "--duration 00:00:01") };

        FragmentationRun run = await FragmentationRecorder.RecordAsync(
            static () => Task.Delay(TimeSpan.FromSeconds(3)), options, TestContext.Current.CancellationToken);

        Assert.Equal(["The recording ended before the work did (MaxDurationReached)."], run.Refusals);
    }

    [Fact]
    public async Task RecordingThatEndsBeforeTheProcess_IsRefusedAndHasNoExitCode()
    {
        RecorderOptions options = new() { ToolPath = ScriptedTool.With(_folder, "collect", "--max-size 100") };

        FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(
            new ProcessStartInfo("dotnet", [Target, "none", "0"]), options, TestContext.Current.CancellationToken);

        Assert.Equal(["The recording ended before the process did (MaxBytesReached)."], run.Refusals);
        Assert.Null(run.ExitCode);
    }

    [Fact]
    public async Task RecordingThatEndsBeforeTheProgram_IsRefusedAndHasNoExitCode()
    {
        RecorderOptions options = new() { ToolPath = ScriptedTool.With(_folder, "run", "--duration 00:00:01") };

        FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(
            Target, ["none", "0", "60"], options, TestContext.Current.CancellationToken);

        Assert.Contains("The recording ended before the program did.", run.Refusals, StringComparer.Ordinal);
        Assert.Null(run.ExitCode);
    }

    [Fact]
    public async Task ExceptionOfTheWork_ComesOnceTheRecordingHasStopped()
    {
        using RecordedSource source = new();
        bool isRecorded = false;

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => FragmentationRecorder.RecordAsync(
            Task () =>
            {
                isRecorded = source.IsEnabled();
                throw new TimeZoneNotFoundException();
            },
            null,
            TestContext.Current.CancellationToken));

        Assert.True(isRecorded);
        Assert.False(source.IsEnabled());
    }

    [Fact]
    public async Task CancelledProcess_IsAskedToEnd()
    {
        string began = Path.Combine(_folder.FullName, "began");
        string asked = Path.Combine(_folder.FullName, "asked");
        ProcessStartInfo start = new("sh", ["-c", $"trap 'touch {asked}; exit' TERM; dotnet {Target} none 0; touch {began}; sleep 600 & wait"]);
        start.Environment["TMPDIR"] = _folder.CreateSubdirectory("temporary").FullName;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        using CancellationTokenSource source = new();

        Task<FragmentationRun> recording = FragmentationRecorder.RecordProcessAsync(
            start, new RecorderOptions { Folder = _folder.FullName }, source.Token);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(began), Patience));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recording);
        Assert.True(File.Exists(asked));
        Assert.Empty(Directory.GetFileSystemEntries(start.Environment["TMPDIR"]!));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CancelAtTheNextGc(CancellationTokenSource source) => _ = new CancelsWhenCollected(source);

    private sealed class CancelsWhenCollected(CancellationTokenSource source)
    {
#pragma warning disable MA0055 // The GC before the work is what it tells of.
        ~CancelsWhenCollected() => source.Cancel();
#pragma warning restore MA0055
    }

    /// <summary>Enabled while a recording with the default profile runs.</summary>
    private sealed class RecordedSource() : EventSource("FragGuard-Cache");
}
