using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Inspection.Kernel;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Recordings of the running kernel.</summary>
public sealed class KernelRecorderLiveTests(ITestOutputHelper output)
{
    private const string Instances = "/sys/kernel/tracing/instances";
    private const int Attempts = 4;

    /// <summary>The known bound of the replay: free blocks of recorded events are within 3 %.</summary>
    private const double MostPercent = 3;

    /// <summary>Free pages that came or went without an event, as when a hypervisor asks for them: such a recording is made again.</summary>
    private const double MostPercentUnaccounted = 0.05;

    [Fact]
    public void Recording_ReplaysToTheKernelsFreeBlocks()
    {
        Need();
        for (int attempt = 1; ; attempt++)
        {
            KernelRecording recording = Record(TimeSpan.FromSeconds(2), 16_384L << attempt);
            IReadOnlyList<BuddyInfo> shown = recording.Header.Shown[^1];
            (double different, double unaccounted) = PlayToTheEnd(recording, shown);
            KernelReplay replay = KernelReplay.Of(recording)!;
            output.WriteLine($"{replay.Played} events played, {different} % different, {unaccounted} % unaccounted, {recording.Header.LostEvents} lost");
            if (attempt < Attempts && (recording.Header.LostEvents > 0 || unaccounted > MostPercentUnaccounted))
                continue;

            Assert.Equal(0, recording.Header.LostEvents);
            Assert.InRange(different, 0, MostPercent);
            Assert.Equal(recording.Header.Shown.Count, replay.Checkpoints.Count);
            Assert.All(replay.Checkpoints, one => Assert.InRange(100.0 * one.DifferentPages / one.FreePages, 0, MostPercent));
            Assert.True(replay.Played > 1_000);
            Assert.True(recording.Header.Kmalloc!.Sizes.Sum(size => size.Requests) > 100);
            Assert.All(recording.Header.Kmalloc.Sizes, size => Assert.InRange(size.RequestedBytes, 0, size.GrantedBytes));
            return;
        }
    }

    [Fact]
    public void Recording_LeavesNoTraceBufferBehind()
    {
        Need();
        using CancellationTokenSource asked = new();
        int during = 0;
        KernelRecorder recorder = new(new KernelRecorderOptions(Duration: null, 1_024));

        recorder.Record(() => new MemoryStream(), () => { during = Own().Length; asked.Cancel(); }, asked.Token);

        Assert.Equal(2, during);
        Assert.Empty(Own());
    }

    [Fact]
    public void AbortedRecording_IsCutAndLeavesNoTraceBufferBehind()
    {
        Need();
        MemoryStream file = new();
        KernelRecorder recorder = new(new KernelRecorderOptions(TimeSpan.FromMilliseconds(1), 1_024));

        Assert.Throws<OperationCanceledException>(() => recorder.Record(() => file, () => { }, CancellationToken.None, new CancellationToken(canceled: true)));

        Assert.Empty(Own());
        Assert.Throws<FormatException>(() => Read(file).Events().Count());
    }

    [Fact]
    public void FailedRecording_LeavesNoTraceBufferBehind()
    {
        Need();
        KernelRecorder recorder = new(new KernelRecorderOptions(TimeSpan.FromMilliseconds(1), 1_024));

        Assert.Throws<IOException>(() => recorder.Record(() => throw new IOException("full"), () => { }, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(
            () => recorder.Record(() => new MemoryStream(), () => throw new InvalidOperationException(), CancellationToken.None));

        Assert.Empty(Own());
    }

    [Fact]
    public void FullBuffer_EndsTheRecordingAndWhatItHoldsHasNoGap()
    {
        Need();
        using PageLoad load = new();
        MemoryStream file = new();
        KernelRecordingHeader header = new KernelRecorder(new KernelRecorderOptions(TimeSpan.FromMinutes(2), 64) { WithKmalloc = false })
            .Record(() => file, () => { }, CancellationToken.None);

        Assert.True(header.IsFull);
        Assert.True(header.LostEvents > 0);
        Assert.Null(header.Kmalloc);
        Assert.NotEmpty(Read(file).Events());
    }

    /// <summary>Another recording on this machine may clear it away before: then it is tried again.</summary>
    [Fact]
    public void LeftoverOfAKilledRecording_IsRemovedAndOthersStay()
    {
        Need();
        string dead = Path.Combine(Instances, "fragguard-kernel-4194304-1-1");
        string foreign = Path.Combine(Instances, $"fragguardish-{Environment.ProcessId}");
        Directory.CreateDirectory(foreign);
        try
        {
            using TraceInstance alive = new("/sys/kernel/tracing", 64);
            bool isRemoved = false;
            for (int attempt = 0; attempt < Attempts && !isRemoved; attempt++)
            {
                Directory.CreateDirectory(dead);
                (IReadOnlyList<string> removed, IReadOnlyList<string> left) = TraceFiles.RemoveLeftovers("/sys/kernel/tracing");
                isRemoved = removed.Contains(dead, StringComparer.Ordinal);
                Assert.False(Directory.Exists(dead));
                Assert.DoesNotContain(foreign, left, StringComparer.Ordinal);
            }

            Assert.True(isRemoved);
            Assert.True(Directory.Exists(foreign));
            Assert.Single(Own());
        }
        finally
        {
            Directory.Delete(foreign);
        }
    }

    private static void Need() => LivePrograms.Needs(
        OperatingSystem.IsLinux() && Directory.Exists(Instances) && CanRead("/proc/kpageflags"),
        "Recording needs tracefs on /sys/kernel/tracing and its administrator.");

    private static bool CanRead(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Own() => [.. Directory.EnumerateDirectories(Instances, $"fragguard-kernel-{Environment.ProcessId}-*")];

    private static KernelRecording Record(TimeSpan duration, long kilobytesPerCpu)
    {
        using PageLoad load = new();
        MemoryStream file = new();
        new KernelRecorder(new KernelRecorderOptions(duration, kilobytesPerCpu)).Record(() => file, () => { }, CancellationToken.None);
        return Read(file);
    }

    private static KernelRecording Read(MemoryStream file) => new(() => new MemoryStream(file.ToArray()));

    /// <summary>
    /// Plays everything with the simulator and compares at the last checkpoint, written apart from the product's
    /// comparison: percent of the free pages in other blocks, and percent that came or went without an event.
    /// </summary>
    private static (double Different, double Unaccounted) PlayToTheEnd(KernelRecording recording, IReadOnlyList<BuddyInfo> shown)
    {
        KernelRecordingHeader header = recording.Header;
        PageEventReplay replay = new(
            header.Zones.Select(zone => (zone.FirstPage, zone.EndPage)), header.PageBlockOrder, header.HugePageOrder);
        foreach ((long first, long end) in header.Free)
            replay.AddFree(first, end);
        double free = shown.Sum(zone => zone.FreePages);
        (double Different, double Unaccounted) nearest = (100, 100);
        bool isBetween = false;
        string last = FormattableString.Invariant($"{header.Shown.Count - 1}");
        foreach (PageEvent next in recording.Events())
        {
            replay.Play(next);
            isBetween |= string.Equals(next.Mark, "before " + last, StringComparison.Ordinal);
            if (!isBetween)
                continue;
            long different = 0;
            long pages = 0;
            for (int zone = 0; zone < shown.Count; zone++)
            {
                different += shown[zone].FreeBlocks.Select((blocks, order) => Math.Abs(blocks - replay.Zones[zone].FreeBlocks[order]) << order).Sum();
                pages += Math.Abs(shown[zone].FreePages - replay.Zones[zone].FreePages);
            }

            if (100 * different / free < nearest.Different)
                nearest = (100 * different / free, 100 * pages / free);
            if (string.Equals(next.Mark, "after " + last, StringComparison.Ordinal))
                break;
        }

        return nearest;
    }
}
